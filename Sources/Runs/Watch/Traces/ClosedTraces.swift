import Telemetry

/// The ids of the traces whose windows were closed last, to know what comes late.
struct ClosedTraces {
    private struct Window {
        var start: UInt64
        /// The lower halves: of random ids, a collision counts one span too many as late.
        var ids: Set<UInt64>
    }

    private static let windowLimit = 5
    private static let idLimit = 1_000_000

    private var windows: [Window] = []

    mutating func add(_ ids: Set<UInt64>, of start: UInt64) {
        windows.append(Window(start: start, ids: ids))
        while windows.count > ClosedTraces.windowLimit
            || (windows.count > 1 && windows.reduce(0) { $0 + $1.ids.count } > ClosedTraces.idLimit)
        {
            windows.removeFirst()
        }
    }

    func contains(low: UInt64) -> Bool { windows.contains { $0.ids.contains(low) } }
}

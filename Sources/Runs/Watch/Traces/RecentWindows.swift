import Telemetry

/// The spans of the windows that were closed last, as many as fit into a number of bytes.
struct RecentWindows {
    /// Oldest first.
    private(set) var windows: [RecentSpans] = []
    private let byteLimit: Int

    init(byteLimit: Int) {
        self.byteLimit = byteLimit
    }

    var traces: Int { windows.reduce(0) { $0 + $1.traces } }

    mutating func add(_ window: RecentSpans) {
        windows.append(window)
        while windows.count > 1, windows.reduce(0, { $0 + $1.spans.byteCount }) > byteLimit { windows.removeFirst() }
    }

    /// Forgets what is in the numbers of others: at most one vocabulary beside the one in use is kept alive.
    mutating func keepOnly(_ vocabulary: Vocabulary) { windows.removeAll { $0.vocabulary !== vocabulary } }
}

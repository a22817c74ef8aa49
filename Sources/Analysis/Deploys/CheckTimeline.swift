import Correlation
import Glibc
import Statistics
import Telemetry

/// Windows by operation and by bin of time, as the tests of a check read them.
struct CheckTimeline {
    let windows: [TelemetryWindow]
    /// Unix nanoseconds of bin 0, and how long a bin is.
    let origin: UInt64
    let binLength: UInt64
    let binCount: Int
    /// In order.
    let operations: [OperationKey]
    private let rows: [[Row]]

    /// A fortnight of bins of ten seconds.
    private static let binLimit = 14 * 24 * 360

    struct Row {
        let window: Int
        let index: Int
    }

    init(_ windows: [TelemetryWindow], binLength: UInt64) {
        let end = windows.last.map { $0.start &+ TelemetryWindow.length } ?? 0
        // Who gives windows that are years apart gets the newest, instead of all memory.
        let first = end - min(end, UInt64(CheckTimeline.binLimit) * binLength)
        let windows = Array(windows.drop { $0.start < first })
        self.windows = windows
        self.binLength = binLength
        origin = windows.first?.start ?? 0
        binCount = end > origin ? Int((end - origin) / binLength) : 0
        var numbers: [OperationKey: Int] = [:]
        var found: [(key: OperationKey, rows: [Row])] = []
        for (number, window) in windows.enumerated() {
            for (index, operation) in window.operations.enumerated() {
                let place = numbers[operation.operation] ?? found.count
                if place == found.count {
                    numbers[operation.operation] = place
                    found.append((operation.operation, []))
                }
                found[place].rows.append(Row(window: number, index: index))
            }
        }
        found.sort { $0.key < $1.key }
        operations = found.map(\.key)
        rows = found.map(\.rows)
    }

    /// The bins that lie wholly within a range of Unix nanoseconds.
    func bins(in range: Range<UInt64>) -> Range<Int> {
        let low = range.lowerBound <= origin ? 0 : Int((range.lowerBound - origin + binLength - 1) / binLength)
        let high = range.upperBound <= origin ? 0 : min(binCount, Int((range.upperBound - origin) / binLength))
        return min(low, high)..<high
    }

    /// Without the window that reaches beyond the last bin, where another is left: a window has one sketch for all its bins.
    func wholeWindows(endingBy bins: Range<Int>) -> Range<Int> {
        let end = bins.upperBound / binsPerWindow * binsPerWindow
        return end > bins.lowerBound ? bins.lowerBound..<end : bins
    }

    /// Without the window that began before the first bin, where another is left.
    func wholeWindows(beginningFrom bins: Range<Int>) -> Range<Int> {
        let start = (bins.lowerBound + binsPerWindow - 1) / binsPerWindow * binsPerWindow
        return start < bins.upperBound ? start..<bins.upperBound : bins
    }

    private var binsPerWindow: Int { max(1, Int(TelemetryWindow.length / binLength)) }

    func index(of operation: OperationKey) -> Int? {
        var (low, high) = (0, operations.count)
        while low < high {
            let middle = (low + high) / 2
            if operations[middle] < operation { low = middle + 1 } else { high = middle }
        }
        return low < operations.count && operations[low] == operation ? low : nil
    }

    /// What was seen of an operation within bins, of the versions that are wanted; parts of a window count whole.
    func merged(_ operation: Int, in bins: Range<Int>, version: VersionFilter = .all) -> OperationWindow {
        var sum = OperationWindow(operation: operations[operation])
        each(operation, in: bins, version: version) { row, _ in
            sum.entries += row.entries
            sum.total.merge(row.total)
            sum.own.merge(row.own)
            sum.errors += row.errors
            sum.errorTypes.merge(row.errorTypes, uniquingKeysWith: +)
        }
        return sum
    }

    /// Calls `body` for the rows of an operation, with the first bin of each row's window.
    func each(
        _ operation: Int,
        in bins: Range<Int>,
        version: VersionFilter = .all,
        _ body: (borrowing OperationWindow, Int) -> Void
    ) {
        let all = rows[operation]
        var (low, high) = (0, all.count)
        let start = origin + UInt64(bins.lowerBound) * binLength
        let end = origin + UInt64(bins.upperBound) * binLength
        while low < high {
            let middle = (low + high) / 2
            if windows[all[middle].window].start + TelemetryWindow.length <= start {
                low = middle + 1
            } else {
                high = middle
            }
        }
        for row in all[low...] {
            let window = windows[row.window]
            guard window.start < end else { return }
            guard version.contains(window.operations[row.index].version) else { continue }
            body(window.operations[row.index], Int((window.start - origin) / binLength))
        }
    }

    /// Which versions of an operation count.
    enum VersionFilter: Hashable {
        case all
        case only(String)
        case except(String)

        func contains(_ version: String) -> Bool {
            switch self {
            case .all: true
            case .only(let wanted): version == wanted
            case .except(let unwanted): version != unwanted
            }
        }
    }
}

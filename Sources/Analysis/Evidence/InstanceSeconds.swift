import Correlation
import Statistics
import Telemetry

/// How much longer than usual each instance's own work took, second by second.
///
/// Client spans are left out: they wait for others.
struct InstanceSeconds {
    struct Instance: Hashable, Comparable {
        var service: String
        var instance: String

        static func < (left: Instance, right: Instance) -> Bool {
            (left.service, left.instance) < (right.service, right.instance)
        }
    }

    private struct Tally {
        private var spans = 0
        private var slow = 0

        var maySignalStall: Bool { 2 * slow >= spans }

        mutating func add(isSlow: Bool) {
            spans += 1
            if isSlow { slow += 1 }
        }
    }

    /// One operation's spans with how long its own work usually takes.
    private struct Usual {
        let operation: OperationID
        let rows: [Int]
        let milliseconds: [Double]
        let median: Double
        private let service: String

        /// `nil` for an operation that is too short to tell.
        init?(_ operation: OperationID, _ rows: [Int], _ reader: TraceReader) {
            milliseconds = rows.map { Double(reader.context.selfTime[$0]) / 1e6 }
            guard let median = RobustScale.median(milliseconds), median > InstanceSeconds.leastUsual else { return nil }
            self.operation = operation
            self.rows = rows
            self.median = median
            service = reader.vocabulary.operation(operation).service
        }

        func key(of row: Int, _ reader: TraceReader) -> Key {
            Key(service: service, instance: reader.spans.instance[row])
        }
    }

    private struct Key: Hashable {
        var service: String
        var instance: StringID
    }

    private struct Work {
        var operation: OperationID
        var ratio: Double
    }

    /// By number; in the order in which they occur.
    private(set) var instances: [Instance] = []
    /// By instance: spans that took `stallRatio` times the usual.
    private(set) var slowRows: [[Int]] = []
    /// By instance, then by second.
    private var tallies: [[UInt64: Tally]] = []
    /// By instance: what was done in the seconds that may have stalled.
    private var work: [[UInt64: [Work]]] = []
    private let stallRatio: Double

    /// An operation that takes less by itself tells nothing, milliseconds.
    private static let leastUsual = 0.05

    init(_ reader: TraceReader, stallRatio: Double) {
        self.stallRatio = stallRatio
        let groups = RowGroups(reader) { row in
            reader.context.marks[row].contains(.walked) && reader.spans.kind[row] != .client
                ? Int(reader.spans.operation[row].rawValue) : nil
        }
        let operations = groups.keys.compactMap { Usual(OperationID(UInt32($0)), groups[$0], reader) }
        var numbers: [Key: Int] = [:]
        for operation in operations {
            for (row, time) in zip(operation.rows, operation.milliseconds) {
                let number = number(of: operation.key(of: row, reader), &numbers, reader)
                let second = reader.spans.startNanoseconds[row] / 1_000_000_000
                let isSlow = time >= stallRatio * operation.median
                tallies[number][second, default: Tally()].add(isSlow: isSlow)
                if isSlow { slowRows[number].append(row) }
            }
        }
        // The order of rows, unlike that of operations, does not depend on who was read first.
        for number in instances.indices { slowRows[number].sort() }
        // Where every operation's median is high, so is that of at least half of the spans: no other second is looked into.
        guard tallies.contains(where: { $0.values.contains { $0.maySignalStall } }) else { return }
        for operation in operations {
            for (row, time) in zip(operation.rows, operation.milliseconds) {
                let second = reader.spans.startNanoseconds[row] / 1_000_000_000
                guard let number = numbers[operation.key(of: row, reader)],
                    tallies[number][second]?.maySignalStall == true
                else { continue }
                let one = Work(operation: operation.operation, ratio: time / operation.median)
                work[number][second, default: []].append(one)
            }
        }
    }

    /// Seconds in which an instance did anything.
    func count(_ instance: Int) -> Int { tallies[instance].count }

    /// Seconds in which several operations, and all there were, took `stallRatio` times the usual.
    func stalled(_ instance: Int) -> Int {
        work[instance].values.count { work in
            var ratios: [OperationID: [Double]] = [:]
            for one in work { ratios[one.operation, default: []].append(one.ratio) }
            return ratios.count >= 2 && ratios.values.allSatisfy { (RobustScale.median($0) ?? 0) >= stallRatio }
        }
    }

    private mutating func number(of key: Key, _ numbers: inout [Key: Int], _ reader: TraceReader) -> Int {
        if let number = numbers[key] { return number }
        numbers[key] = instances.count
        instances.append(Instance(service: key.service, instance: reader.vocabulary.string(key.instance)))
        slowRows.append([])
        tallies.append([:])
        work.append([:])
        return instances.count - 1
    }
}

import Foundation
import Statistics
import Telemetry

/// Sums the spans of a run up by operation and version.
struct OperationTally {
    private struct Key: Hashable {
        var operation: OperationID
        /// 0 for a span that tells no version.
        var version: StringID
    }

    private let start: UInt64
    private let vocabulary: Vocabulary
    private var numbers: [Key: Int] = [:]
    private var found: [OperationWindow] = []

    init(start: UInt64, vocabulary: Vocabulary) {
        self.start = start
        self.vocabulary = vocabulary
    }

    mutating func add(_ run: CorrelatedRun) {
        let (spans, context) = (run.spans, run.context)
        let versions = VersionAttributes(vocabulary)
        // Spans of one operation and version often follow one another.
        var last: (key: Key, number: Int)?
        var errorTypes: [StringID: String] = [:]
        for row in spans.indices {
            let key = Key(operation: spans.operation[row], version: versions.version(of: row, in: spans))
            let number = last.flatMap { $0.key == key ? $0.number : nil } ?? number(of: key)
            last = (key, number)
            let duration = spans.durationNanoseconds(of: row)
            let isError = spans.isError(row)
            found[number].total.record(duration)
            if context.marks[row].contains(.walked) { found[number].own.record(context.selfTime[row]) }
            let caller = context.caller[row]
            if caller == SpanCaller.nobody || caller == SpanCaller.generator { found[number].entries += 1 }
            let bin = bin(of: spans.startNanoseconds[row])
            found[number].bins[bin].spans += 1
            found[number].bins[bin].logDurationSum += log(Double(max(1, duration)))
            guard isError else { continue }
            found[number].errors += 1
            found[number].bins[bin].errors += 1
            let type = spans.errorType[row]
            let name = errorTypes[type] ?? (type.isEmpty ? "error" : vocabulary.string(type))
            errorTypes[type] = name
            found[number].errorTypes[name, default: 0] += 1
        }
    }

    /// In order of operation and version, within the limits.
    func windows(_ limits: WindowLimits) -> [OperationWindow] {
        var windows = OperationWindow.sorted(found, foldedBeyond: limits.operations)
        for index in windows.indices { windows[index].foldErrorTypes(beyond: limits.errorTypes) }
        return windows
    }

    private mutating func number(of key: Key) -> Int {
        if let known = numbers[key] { return known }
        let number = found.count
        numbers[key] = number
        found.append(
            OperationWindow(
                operation: vocabulary.operation(key.operation),
                version: vocabulary.string(key.version)
            )
        )
        return number
    }

    private func bin(of time: UInt64) -> Int {
        guard time > start else { return 0 }
        return Int(min((time - start) / TelemetryWindow.binLength, 5))
    }
}

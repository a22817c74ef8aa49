import Statistics
import Telemetry

extension TelemetryWindow {
    /// Adds what another part of the same minute showed, such as the part before a restart.
    ///
    /// What is beyond the limits then is folded, and counts on under the names of `WindowLimits`.
    package mutating func merge(_ other: TelemetryWindow, limits: WindowLimits = WindowLimits()) {
        traces += other.traces
        spans += other.spans
        lateSpans += other.lateSpans
        droppedSpans += other.droppedSpans
        for operation in other.operations {
            if let known = operations.firstIndex(where: {
                $0.operation == operation.operation && $0.version == operation.version
            }) {
                operations[known].merge(operation)
                operations[known].foldErrorTypes(beyond: limits.errorTypes)
            } else {
                operations.append(operation)
            }
        }
        operations = OperationWindow.sorted(operations, foldedBeyond: limits.operations)
        var tally = PathTally(limit: limits.paths)
        tally.add(paths)
        tally.add(other.paths)
        paths = tally.paths
    }
}

extension OperationWindow {
    /// In order of operation and version; beyond a limit those with the fewest spans become one, named `<other>`.
    static func sorted(_ windows: [OperationWindow], foldedBeyond limit: Int) -> [OperationWindow] {
        let windows = windows.sorted { ($0.operation, $0.version) < ($1.operation, $1.version) }
        guard windows.count > limit else { return windows }
        let otherKey = OperationKey(
            service: WindowLimits.otherOperation,
            name: WindowLimits.otherOperation,
            kind: .unspecified
        )
        let byTraffic = windows.indices.filter { windows[$0].operation != otherKey }
            .sorted { (windows[$1].count, $0) < (windows[$0].count, $1) }
        let kept = Set(byTraffic.prefix(max(0, limit - 1)))
        var other = OperationWindow(operation: otherKey)
        for index in windows.indices where !kept.contains(index) { other.merge(windows[index]) }
        var folded = windows.indices.filter { kept.contains($0) }.map { windows[$0] }
        folded.insert(other, at: folded.firstIndex { other.operation < $0.operation } ?? folded.endIndex)
        return folded
    }

    /// Adds the spans of another one, whatever its operation.
    package mutating func merge(_ other: OperationWindow) {
        entries += other.entries
        errors += other.errors
        total.merge(other.total)
        own.merge(other.own)
        for (type, count) in other.errorTypes { errorTypes[type, default: 0] += count }
        for index in bins.indices where index < other.bins.count {
            bins[index].spans += other.bins[index].spans
            bins[index].errors += other.bins[index].errors
            bins[index].logDurationSum += other.bins[index].logDurationSum
        }
    }

    /// Sums the rarest classes of error up under one name; of equally rare ones the last in the alphabet.
    mutating func foldErrorTypes(beyond limit: Int) {
        guard errorTypes.count > limit else { return }
        let byCount = errorTypes.filter { $0.key != WindowLimits.otherError }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let kept = byCount.prefix(max(0, limit - 1))
        let all = errorTypes.values.reduce(0, +)
        errorTypes = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
        errorTypes[WindowLimits.otherError] = all - kept.reduce(0) { $0 + $1.value }
    }
}

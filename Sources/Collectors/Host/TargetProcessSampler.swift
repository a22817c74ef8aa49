import Glibc
package import Telemetry

/// Watches the processes of a started target in `/proc`, for a target that tells nothing of its own resources.
///
/// Every interval the sink gets `plimsoll_target_cpu_seconds_total`, `plimsoll_target_resident_memory_bytes` (pages
/// that processes share count once for each), `plimsoll_target_threads` and `plimsoll_target_processes`.
package struct TargetProcessSampler: Sendable {
    private let group: Int32
    private let interval: Duration
    private let now: @Sendable () -> UInt64
    private let sink: @Sendable ([MetricPoint]) -> Void

    /// `group` is the process group of the target, `now` Unix time in nanoseconds; `sink` is called from one task.
    package init(
        group: Int32,
        interval: Duration = .seconds(1),
        now: @escaping @Sendable () -> UInt64 = WallClock.now,
        sink: @escaping @Sendable ([MetricPoint]) -> Void
    ) {
        self.group = group
        self.interval = max(interval, .milliseconds(10))
        self.now = now
        self.sink = sink
    }

    /// Samples while `body` runs, once at least before it and once after.
    package func whileSampling<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async rethrows -> Value {
        var tree = ProcessTree(group: group)
        sample(&tree)
        return try await withThrowingTaskGroup(of: Value?.self) { [tree] tasks in
            tasks.addTask {
                var tree = tree
                while (try? await Task.sleep(for: interval)) != nil { sample(&tree) }
                sample(&tree)
                return nil
            }
            defer { tasks.cancelAll() }
            return try await body()
        }
    }

    private func sample(_ tree: inout ProcessTree) {
        let usage = tree.update(ProcessTable.read())
        // A tree of none is a target that ended: no data, rather than a memory of zero.
        guard usage.processes > 0 else { return }
        let time = now()
        func point(_ name: String, _ kind: MetricKind, _ value: Double) -> MetricPoint {
            MetricPoint(
                name: "plimsoll_target_" + name,
                labels: ["service": "target"],
                kind: kind,
                value: value,
                timeNanoseconds: time
            )
        }
        sink([
            point("cpu_seconds_total", .counter, Double(usage.cpuTicks) / Double(sysconf(Int32(_SC_CLK_TCK)))),
            point("resident_memory_bytes", .gauge, Double(usage.residentPages) * Double(sysconf(Int32(_SC_PAGESIZE)))),
            point("threads", .gauge, Double(usage.threads)),
            point("processes", .gauge, Double(usage.processes)),
        ])
    }
}

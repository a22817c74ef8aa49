import Correlation
import Telemetry
import Testing

@Suite struct ResourceReaderTests {
    private let second: UInt64 = 1_000_000_000

    /// One point a second, from second 0 on.
    private func series(
        _ name: String,
        _ labels: [String: String] = [:],
        _ values: [Double]
    ) -> [MetricPoint] {
        values.enumerated().map { index, value in
            MetricPoint(
                name: name,
                labels: labels,
                kind: .gauge,
                value: value,
                timeNanoseconds: UInt64(index) * second
            )
        }
    }

    private func reader(_ points: [[MetricPoint]]) -> ResourceReader {
        let store = SeriesStore()
        store.append(points.flatMap { $0 })
        return ResourceReader(store: store)
    }

    @Test func `a counter of CPU seconds is percent of a core, averaged and at its peak`() throws {
        let reader = reader([series("process_cpu_seconds_total", ["service": "a"], [0, 0.5, 1, 2, 2.5])])
        let cpu = try #require(reader.reading(of: .cpuUsagePct, from: 0, to: 4 * second))
        #expect(abs(cpu.average - 62.5) < 1e-9)
        #expect(abs(cpu.peak - 100) < 1e-9)
        #expect(cpu.metrics == ["process_cpu_seconds_total"])
    }

    @Test func `services add up, each by the first source that it has`() throws {
        let mebi = 1_048_576.0
        let reader = reader([
            series("process_resident_memory_bytes", ["service": "a", "instance": "1"], [10 * mebi, 20 * mebi]),
            series("process_resident_memory_bytes", ["service": "a", "instance": "2"], [40 * mebi, 10 * mebi]),
            // The same memory again by another name, and a service that has only this one.
            series("jvm_memory_used_bytes", ["service": "a"], [999 * mebi]),
            series("jvm_memory_used_bytes", ["service": "b"], [5 * mebi, 5 * mebi]),
        ])
        let memory = try #require(reader.reading(of: .memoryUsageMb, from: 0, to: second))
        #expect(memory.peak == 55)
        #expect(memory.metrics == ["jvm_memory_used_bytes", "process_resident_memory_bytes"])
    }

    @Test func `the process tree answers only where no service does, the machine only after it`() throws {
        let tree = series("plimsoll_target_cpu_seconds_total", ["service": "target"], [0, 1])
        let machine =
            series("node_cpu_seconds_total", ["mode": "user"], [0, 2])
            + series("node_cpu_seconds_total", ["mode": "idle"], [0, 9])
        let own = series("process_cpu_seconds_total", ["service": "a"], [0, 0.5])
        func average(_ points: [[MetricPoint]]) -> Double? {
            reader(points).reading(of: .cpuUsagePct, from: 0, to: second)?.average
        }
        #expect(average([tree, machine, own]) == 50)
        #expect(average([tree, machine]) == 100)
        #expect(average([machine]) == 200)
        #expect(average([]) == nil)
    }

    @Test func `collections are counted over the window, restarts included`() throws {
        let reader = reader([series("go_gc_duration_seconds_count", ["service": "a"], [10, 12, 1, 3])])
        // From 10 to 12, from 0 to 3, and nothing to extrapolate.
        #expect(reader.reading(of: .gcActivityCount, from: 0, to: 3 * second)?.average == 5)
    }

    @Test func `an ended series counts no more, and is no zero either`() throws {
        let reader = reader([
            series(
                "jvm_threads_live_threads",
                ["service": "a", "instance": "1"],
                [30, MetricPoint.staleMarker, MetricPoint.staleMarker]
            ),
            series("jvm_threads_live_threads", ["service": "a", "instance": "2"], [10, 10, 10]),
        ])
        let threads = try #require(reader.reading(of: .threads, from: 0, to: 2 * second))
        #expect(threads.peak == 40)
        #expect(threads.average == 20)
    }

    @Test func `what the configuration names replaces the standard sources`() throws {
        let store = SeriesStore()
        store.append(series("mine", ["queue": "orders"], [4, 8]) + series("mine", ["queue": "mail"], [100, 100]))
        store.append(series("rabbitmq_queue_messages_ready", [:], [1_000]))
        let source = MetricSource("mine", scale: 2, labels: ["queue": "orders"])
        let reader = ResourceReader(store: store, overrides: [.queueDepth: [source]])
        #expect(reader.reading(of: .queueDepth, from: 0, to: second)?.peak == 16)
    }
}

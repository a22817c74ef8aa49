import Glibc
import Synchronization
import Telemetry
import TestSupport
import Testing

@testable import Collectors

@Suite struct ProcessTreeTests {
    private func process(
        _ pid: Int32,
        parent: Int32,
        group: Int32,
        ticks: UInt64 = 0,
        start: UInt64 = 1
    ) throws -> ProcessStat {
        let rest = "0 0 0 0 0 0 0 0 \(ticks) 0 0 0 20 0 2 0 \(start) 1000 10 0"
        return try #require(ProcessStat("\(pid) (a b) c)) S \(parent) \(group) \(rest)\n"))
    }

    @Test func `reads a line whatever the process is called`() throws {
        let stat = try process(7, parent: 3, group: 5, ticks: 11, start: 99)
        #expect(stat.pid == 7)
        #expect(stat.parent == 3)
        #expect(stat.group == 5)
        #expect(stat.cpuTicks == 11)
        #expect(stat.threads == 2)
        #expect(stat.startTicks == 99)
        #expect(stat.residentPages == 10)
        for damaged in ["", "7", "7 (a", "7 (a) S 1", "x (a) S 1 1 0 0 0 0 0 0 0 0 1 1 0 0 20 0 2 0 9 9 9"] {
            #expect(ProcessStat(damaged) == nil)
        }
    }

    @Test func `a tree is the group and everything that descends from it`() throws {
        var tree = ProcessTree(group: 10)
        let usage = tree.update([
            try process(1, parent: 0, group: 1), try process(10, parent: 1, group: 10),
            try process(11, parent: 10, group: 10), try process(12, parent: 11, group: 12),
            try process(13, parent: 12, group: 13), try process(14, parent: 1, group: 10),
            try process(20, parent: 1, group: 20),
        ])
        #expect(usage.processes == 5)
        #expect(usage.threads == 10)
        #expect(usage.residentPages == 50)
    }

    @Test func `CPU time never falls: not when a process ends, not when its number is used again`() throws {
        var tree = ProcessTree(group: 10)
        let root = try process(10, parent: 1, group: 10, ticks: 5)
        let child = try process(11, parent: 10, group: 10, ticks: 100)
        #expect(tree.update([root, child]).cpuTicks == 105)
        #expect(tree.update([root]).cpuTicks == 105)
        let reused = try process(11, parent: 10, group: 10, ticks: 7, start: 50)
        #expect(tree.update([root, reused]).cpuTicks == 112)
    }

    @Test func `measures a real process and its child`() async throws {
        let points = Mutex<[MetricPoint]>([])
        let sampler = TargetProcessSampler(group: getpgrp(), interval: .milliseconds(20)) { new in
            points.withLock { $0 += new }
        }
        let answer = try await sampler.whileSampling {
            try await Command("/bin/sh", ["-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; exit 3"]).wait()
        }
        #expect(answer.exitCode == 3)
        let taken = points.withLock { $0 }
        let cpu = taken.filter { $0.name == "plimsoll_target_cpu_seconds_total" }.map(\.value)
        #expect(cpu.count >= 2)
        #expect(cpu == cpu.sorted())
        let memory = taken.filter { $0.name == "plimsoll_target_resident_memory_bytes" }.map(\.value)
        #expect(memory.allSatisfy { $0 > 1_048_576 })
    }
}

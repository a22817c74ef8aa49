import Foundation
import Glibc

/// The process itself, under the names that every Prometheus client uses; nothing where there is no `/proc`.
enum ProcessMetrics {
    static func families() -> [MetricFamily] {
        guard let stat = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
            let nameEnd = stat.lastIndex(of: ")")
        else { return [] }
        // proc_pid_stat(5): the third field is the first one after the name.
        let fields = stat[stat.index(after: nameEnd)...].split(separator: " ").map { Double($0) ?? 0 }
        guard fields.count > 21 else { return [] }
        let ticks = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
        var families = [
            MetricFamily(
                "process_cpu_seconds",
                .counter,
                "CPU time of the process, user and system.",
                (fields[11] + fields[12]) / ticks
            ),
            MetricFamily(
                "process_virtual_memory_bytes",
                .gauge,
                "Virtual memory of the process.",
                fields[20]
            ),
            MetricFamily(
                "process_resident_memory_bytes",
                .gauge,
                "Resident memory of the process.",
                fields[21] * Double(max(1, sysconf(Int32(_SC_PAGESIZE))))
            ),
        ]
        if let started = startTime(ticksSinceBoot: fields[19] / ticks) {
            families.append(
                MetricFamily("process_start_time_seconds", .gauge, "Unix time of the process's start.", started)
            )
        }
        if let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            families.append(MetricFamily("process_open_fds", .gauge, "Open file descriptors.", Double(open.count)))
        }
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            families.append(
                MetricFamily("process_max_fds", .gauge, "File descriptors that may be open.", Double(limit.rlim_cur))
            )
        }
        return families
    }

    private static func startTime(ticksSinceBoot seconds: Double) -> Double? {
        guard let stat = try? String(contentsOfFile: "/proc/stat", encoding: .utf8),
            let line = stat.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }),
            let boot = Double(line.dropFirst(6))
        else { return nil }
        return boot + seconds
    }
}

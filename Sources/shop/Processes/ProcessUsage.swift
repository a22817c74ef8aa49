import FoundationEssentials
import Glibc

/// What this process has used of the machine.
struct ProcessUsage: Sendable {
    /// User and system time since the start.
    var cpuSeconds: Double
    var residentBytes: Int

    /// Read from the kernel now; `nil` where `/proc` is missing.
    static func current() -> ProcessUsage? {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0, let resident = residentPages() else {
            return nil
        }
        return ProcessUsage(
            cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            residentBytes: resident * sysconf(Int32(_SC_PAGESIZE))
        )
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
    }

    /// The second number of `/proc/self/statm`.
    private static func residentPages() -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let fields = text.split(separator: " ")
        return fields.count > 1 ? Int(fields[1]) : nil
    }
}

import Foundation
import Glibc

/// Names the kind of machine a run was measured on: only runs of one kind compare.
enum EnvironmentFingerprint {
    /// Such as `AMD EPYC 7B13, 2 cores, Linux 6.1`.
    static func current() -> String {
        "\(cpuModel()), \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) cores, Linux \(kernelVersion())"
    }

    private static func cpuModel() -> String {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        // x86 says "model name"; many arm64 kernels only "CPU part".
        for key in ["model name", "CPU part"] {
            for line in text.split(separator: "\n") where line.hasPrefix(key) {
                guard let colon = line.firstIndex(of: ":") else { continue }
                return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            }
        }
        return "unknown CPU"
    }

    // Patch levels change with every reboot of a CI machine and do not change what is measured.
    private static func kernelVersion() -> String {
        let text = (try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)) ?? "unknown"
        return text.split(separator: ".").prefix(2).joined(separator: ".")
    }
}

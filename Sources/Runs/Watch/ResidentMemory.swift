import Foundation

/// How much memory the process holds, as the system counts it.
package enum ResidentMemory {
    /// 0 where the system does not say.
    package static var bytes: Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return 0 }
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }
}

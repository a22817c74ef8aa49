import Glibc

/// Reads `/proc`.
enum ProcessTable {
    /// All processes that can be seen now; those that end while it reads are left out.
    static func read() -> [ProcessStat] {
        guard let directory = opendir("/proc") else { return [] }
        defer { closedir(directory) }
        var processes: [ProcessStat] = []
        while let entry = readdir(directory) {
            let pid = withUnsafeBytes(of: &entry.pointee.d_name) { name in
                Int32(String(decoding: name.prefix { $0 != 0 }, as: UTF8.self))
            }
            guard let pid, let text = text(of: "/proc/\(pid)/stat"), let stat = ProcessStat(text) else { continue }
            processes.append(stat)
        }
        return processes
    }

    private static func text(of path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // The kernel writes the line in one go, and it is a few hundred bytes long.
        var buffer = [UInt8](repeating: 0, count: 2_048)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}

/// One line of `/proc/<pid>/stat` (proc(5)).
struct ProcessStat: Sendable, Hashable {
    var pid: Int32
    var parent: Int32
    var group: Int32
    /// User and system time, without that of children.
    var cpuTicks: UInt64
    var threads: Int
    /// Since boot; with the pid it tells a process from a later one of the same number.
    var startTicks: UInt64
    var residentPages: Int

    /// `nil` for text that is no such line.
    init?(_ line: String) {
        // "pid (name) state ppid pgrp …": the name may hold anything, so fields count from its last parenthesis.
        guard let open = line.firstIndex(of: "("), let close = line.lastIndex(of: ")") else { return nil }
        let fields = line[line.index(after: close)...].split(whereSeparator: { $0 == " " || $0.isNewline })
        guard fields.count > 21, let pid = Int32(line[..<open].filter { $0 != " " }),
            let parent = Int32(fields[1]), let group = Int32(fields[2]),
            let user = UInt64(fields[11]), let system = UInt64(fields[12]),
            let threads = Int(fields[17]), let start = UInt64(fields[19]), let pages = Int(fields[21])
        else { return nil }
        self.pid = pid
        self.parent = parent
        self.group = group
        cpuTicks = user + system
        self.threads = threads
        startTicks = start
        residentPages = pages
    }
}

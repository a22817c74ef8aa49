/// The processes that belong to a started target, and the CPU time they have used together.
///
/// A process belongs by its process group, or by descent from one that does: a shell that started the server may be
/// gone, and a server may give its workers a group of their own.
struct ProcessTree: Sendable {
    /// What the tree uses at one moment.
    struct Usage: Sendable, Hashable {
        /// Of every process ever seen in the tree, so it never falls.
        var cpuTicks: UInt64 = 0
        var residentPages = 0
        var threads = 0
        var processes = 0
    }

    private struct Identity: Hashable {
        var pid: Int32
        var startTicks: UInt64
    }

    private let group: Int32
    private var counted: [Identity: UInt64] = [:]
    private var cpuTicks: UInt64 = 0

    init(group: Int32) {
        self.group = group
    }

    /// Takes all processes of the machine at one moment.
    mutating func update(_ processes: [ProcessStat]) -> Usage {
        let members = members(of: processes)
        var usage = Usage()
        var seen: [Identity: UInt64] = [:]
        for process in members {
            let identity = Identity(pid: process.pid, startTicks: process.startTicks)
            let before = counted[identity] ?? 0
            cpuTicks += process.cpuTicks - min(before, process.cpuTicks)
            seen[identity] = process.cpuTicks
            usage.residentPages += process.residentPages
            usage.threads += process.threads
        }
        counted = seen
        usage.processes = members.count
        usage.cpuTicks = cpuTicks
        return usage
    }

    private func members(of processes: [ProcessStat]) -> [ProcessStat] {
        let children = Dictionary(grouping: processes, by: \.parent)
        var found: Set<Int32> = []
        var pending = processes.filter { $0.group == group }
        var members: [ProcessStat] = []
        while let process = pending.popLast() {
            guard found.insert(process.pid).inserted else { continue }
            members.append(process)
            pending += children[process.pid] ?? []
        }
        return members
    }
}

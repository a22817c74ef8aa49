import Foundation
import Glibc

/// A started target: whether it lives, what it said last, and how to end it.
struct RunningTarget: Sendable {
    let processGroup: pid_t
    let log: TargetLog

    /// False once the command itself has ended, even while its exit status is unclaimed.
    var isAlive: Bool {
        guard let stat = try? String(contentsOfFile: "/proc/\(processGroup)/stat", encoding: .utf8) else {
            return false
        }
        // "pid (name) state …": the name may hold anything, so read after its last parenthesis.
        guard let name = stat.lastIndex(of: ")") else { return false }
        return stat[name...].dropFirst(2).first != "Z"
    }

    /// Ends the whole group: a polite signal, up to five seconds of patience, then the other kind.
    func stop() async {
        guard signalGroup(SIGTERM) else { return }
        let deadline = ContinuousClock.now + .seconds(5)
        while ContinuousClock.now < deadline {
            if !hasLivingMembers { return }
            try? await Task.sleep(for: .milliseconds(50))
        }
        signalGroup(SIGKILL)
    }

    @discardableResult
    private func signalGroup(_ signal: Int32) -> Bool { kill(-processGroup, signal) == 0 }

    // The leader stays a zombie until Subprocess has reaped it, so asking the group alone would never say "gone".
    private var hasLivingMembers: Bool {
        guard kill(-processGroup, 0) == 0 else { return false }
        guard let entries = try? FileManager.default.contentsOfDirectory(atPath: "/proc") else { return false }
        return entries.contains { entry in
            guard
                let pid = pid_t(entry),
                let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
                let name = stat.lastIndex(of: ")")
            else { return false }
            let fields = stat[name...].dropFirst(2).split(separator: " ", maxSplits: 3)
            return fields.count > 2 && fields[0] != "Z" && fields[2] == "\(processGroup)"
        }
    }
}

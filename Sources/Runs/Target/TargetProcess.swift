import Glibc
import Subprocess

/// The target's own start command, in a process group of its own, its output kept in a log.
struct TargetProcess: Sendable {
    let command: String
    /// Absolute; the command runs here.
    let directory: String
    let environment: [String: String]
    let logPath: String

    /// Starts the command, runs `body`, then ends the whole group, however `body` ended.
    func whileRunning<Value: Sendable>(
        _ body: @escaping @Sendable (RunningTarget) async throws -> Value
    ) async throws -> Value {
        var variables: [Environment.Key: String?] = [:]
        for (name, value) in environment {
            guard let key = Environment.Key(rawValue: name) else { continue }
            variables[key] = value
        }
        var options = PlatformOptions()
        options.processGroupID = 0

        // A task of its own: cancelling the caller must not kill the target while requests are in flight.
        let log = TargetLog(path: logPath)
        let run = Task { [variables, options] in
            try await Subprocess.run(
                .name("sh"),
                arguments: ["-c", TargetProcess.script, "plimsoll-target", directory, logPath, "\(getpid())", command],
                environment: .inherit.updating(variables),
                platformOptions: options,
                input: .none,
                output: .discarded,
                error: .discarded
            ) { execution in
                let target = RunningTarget(processGroup: execution.processIdentifier.value, log: log)
                let bounding = Task { await log.keepBounded() }
                defer { bounding.cancel() }
                let result: Result<Value, any Error>
                do { result = .success(try await body(target)) } catch { result = .failure(error) }
                await target.stop()
                return result
            }
        }
        let outcome: Result<Value, any Error>
        do {
            outcome = try await run.value.closureResult
        } catch let error as SubprocessError {
            throw RunFailure.notCarriedOut("cannot start the target: \(error)")
        }
        return try outcome.get()
    }

    // The background loop is a leash: should Plimsoll be killed outright, the group goes too. It has a session of its
    // own, because the polite signal to the group would end it before a target that ignores that signal. The log is
    // appended to, so that it can be cut while it is written.
    private static let script = """
        cd "$1" || exit 127
        : >"$2"
        exec >>"$2" 2>&1 </dev/null
        leash='while kill -s 0 "$1" && kill -s 0 -- "-$2"; do sleep 1; done; kill -s KILL -- "-$2"'
        setsid sh -c "$leash" plimsoll-leash "$3" "$$" >/dev/null 2>&1 &
        command=$4
        set --
        unset leash
        exec sh -c "$command"
        """
}

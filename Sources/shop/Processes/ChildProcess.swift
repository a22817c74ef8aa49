import Glibc

/// Another run of this executable, in the same process group.
struct ChildProcess: Sendable {
    let name: String
    let id: pid_t

    init(name: String, arguments: [String]) throws(ChildProcessError) {
        self.name = name
        var id: pid_t = 0
        var argv = ([CommandLine.arguments.first ?? "shop"] + arguments).map { strdup($0) }
        argv.append(nil)
        defer { for argument in argv { free(argument) } }
        let failure = posix_spawn(&id, "/proc/self/exe", nil, nil, argv, environ)
        guard failure == 0 else {
            throw .notStarted(name, reason: String(cString: strerror(failure)))
        }
        self.id = id
    }

    /// Whether it has ended; reaps it then, so call no more afterwards.
    func hasEnded() -> Bool {
        var status: Int32 = 0
        return waitpid(id, &status, WNOHANG) == id
    }

    func send(_ signal: Int32) {
        kill(id, signal)
    }
}

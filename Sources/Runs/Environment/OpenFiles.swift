import Glibc

/// How many descriptors this process may have.
enum OpenFiles {
    /// Raises the soft limit to the hard one, and refuses to begin where that is too little.
    ///
    /// SwiftNIO and Subprocess end the process when they get no descriptor, so it is asked before they are used.
    static func check() throws(RunFailure) {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return }
        let soft = limit.rlim_cur
        limit.rlim_cur = limit.rlim_max
        if setrlimit(resource, &limit) != 0 { limit.rlim_cur = soft }
        guard limit.rlim_cur < needed else { return }
        throw .notCarriedOut(
            "only \(limit.rlim_cur) open files are allowed, at least \(needed) are needed; raise it with: ulimit -n 1024"
        )
    }

    // An event loop takes three a core and a generator thread two; the rest is for the store, the target and a few
    // connections. More connections than fit make the run invalid, which it says.
    private static var needed: rlim_t { 64 + 8 * rlim_t(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

import Glibc

/// The number of descriptors, and so of connections, this process may have.
enum OpenFileLimit {
    /// Raises the soft limit to the hard limit; no privilege is needed.
    ///
    /// A failure shows later as connections that cannot be opened, which makes the run invalid.
    static func raise() {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(resource, &limit)
    }
}

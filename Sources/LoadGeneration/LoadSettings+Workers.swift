import Glibc

extension LoadSettings {
    /// Two on two cores; one core is left to the target on larger machines, and eight threads are the most.
    package static let defaultWorkers: Int = {
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        return cores <= 2 ? cores : min(cores - 1, 8)
    }()
}

/// What Plimsoll wants to know of a target's resources, whatever its metrics are called.
package enum ResourceField: String, Sendable, CaseIterable {
    /// Percent of one core.
    case cpuUsagePct
    /// MiB.
    case memoryUsageMb
    /// Collections during the window.
    case gcActivityCount
    case threads
    /// Work that waits: for a connection, a thread, a message's consumer.
    case queueDepth
}

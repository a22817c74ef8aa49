/// What the requests of a service promise: how many may fail or be slow before somebody must be woken.
package struct ServiceObjective: Sendable, Hashable, Codable {
    package var service: String
    /// An entry of the service; `nil` for all of them.
    package var operation: String?
    /// Share of requests that must be good, such as 0.99.
    package var target: Double
    /// Milliseconds from which a request is bad though it did not fail.
    package var latencyMilliseconds: Double?

    package init(service: String, operation: String? = nil, target: Double, latencyMilliseconds: Double? = nil) {
        self.service = service
        self.operation = operation
        self.target = target
        self.latencyMilliseconds = latencyMilliseconds
    }
}

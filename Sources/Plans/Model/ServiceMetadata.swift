/// `service.metadata.yaml`: what is known of the service itself.
package struct ServiceMetadata: Sendable, Hashable {
    package var moduleID: String?
    package var baseURL: String?
    package var startCommand: String?
    package var healthPath: String?
    /// `METHOD /path` each.
    package var endpoints: [String] = []
    package var queues: [String] = []
    /// For the resource score.
    package var memoryQuotaMiB: Double?
    package var cpuQuotaCores: Double?

    package init() {}
}

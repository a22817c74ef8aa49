/// A Prometheus server, and which of its series are the target's.
package struct PrometheusServerPlan: Sendable, Hashable {
    /// Without a trailing slash.
    package var url: String
    /// Labels every series must have, such as `job`.
    package var labels: [String: String]

    package init(url: String, labels: [String: String] = [:]) {
        self.url = url
        self.labels = labels
    }
}

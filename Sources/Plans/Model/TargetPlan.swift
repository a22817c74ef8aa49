/// What is loaded, and how it is started.
package struct TargetPlan: Sendable, Hashable {
    /// Without a trailing slash, such as `http://127.0.0.1:8080`.
    package var baseURL: String
    /// Shell command that Plimsoll starts and stops; `nil` when the target already runs.
    package var startCommand: String?
    package var healthCheck: HealthCheckPlan
    /// Sent with every request.
    ///
    /// `${NAME}` is already expanded: never write these to an artifact.
    package var headers: [HeaderField]
    /// For everything that goes to the target, the health check included; a test's own may differ.
    package var transport = TransportPlan()
    /// Servers beside the base URL's that redirects and captured addresses may lead to, such as `http://cdn.local:8080`.
    package var allowedOrigins: [String] = []
    /// Values that came from the environment, to be blotted out of every artifact and log.
    package var secrets: Set<String>

    package init(
        baseURL: String,
        startCommand: String? = nil,
        healthCheck: HealthCheckPlan = HealthCheckPlan(),
        headers: [HeaderField] = [],
        secrets: Set<String> = []
    ) {
        self.baseURL = baseURL
        self.startCommand = startCommand
        self.healthCheck = healthCheck
        self.headers = headers
        self.secrets = secrets
    }
}

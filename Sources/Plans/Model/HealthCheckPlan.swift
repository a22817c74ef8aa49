package struct HealthCheckPlan: Sendable, Hashable {
    package var path: String
    package var timeout: Duration

    package init(path: String = "/", timeout: Duration = .seconds(30)) {
        self.path = path
        self.timeout = timeout
    }
}

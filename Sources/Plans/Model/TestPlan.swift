/// `test-suite.plan.yaml`, validated: `spec/contract.md` section 1.
package struct TestPlan: Sendable, Hashable {
    /// `traceId` in the file: the lineage of a project, never a W3C trace id.
    package var lineageID: String
    package var moduleID: String
    package var editionID: String
    /// The editions to run one after another and to compare; the first is what the others are compared with.
    package var editionIDs: [String]
    package var target: TargetPlan
    package var tests: [TestDefinition]
    /// The files that `{{csv FILE column}}` templates name, by the name they use.
    package var tables: [String: DataTable] = [:]
    package var gate = GateOptions()
    package var retry = RetryOptions()

    package init(lineageID: String, moduleID: String, editionID: String, target: TargetPlan, tests: [TestDefinition]) {
        self.lineageID = lineageID
        self.moduleID = moduleID
        self.editionID = editionID
        editionIDs = [editionID]
        self.target = target
        self.tests = tests
    }
}

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

package struct HealthCheckPlan: Sendable, Hashable {
    package var path: String
    package var timeout: Duration

    package init(path: String = "/", timeout: Duration = .seconds(30)) {
        self.path = path
        self.timeout = timeout
    }
}

package struct HeaderField: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

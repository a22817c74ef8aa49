import Hummingbird

/// `/healthz`: 200 when the service and all it depends on answer, 503 with the names of those that do not.
struct HealthPage {
    var dependencies: [ServiceClient]

    func response() async -> Response {
        let missing = await withTaskGroup(of: ServiceName?.self) { group in
            for dependency in dependencies {
                group.addTask { await dependency.isHealthy() ? nil : dependency.service }
            }
            return await group.reduce(into: [String]()) { missing, service in
                if let service { missing.append(service.rawValue) }
            }
        }
        guard !missing.isEmpty else { return JSONDocument.object(["status": .text("ok")]).response() }
        let text = "waiting for " + missing.sorted().joined(separator: ", ")
        return JSONDocument.object(["status": .text(text)]).response(status: .serviceUnavailable)
    }
}

/// A commented folder to start from: `plimsoll init`.
package struct StarterProject: Sendable, Hashable {
    package struct File: Sendable, Hashable {
        package var name: String
        package var contents: String
    }

    /// In the order in which a person should read them.
    package var files: [File]
    /// What a person should look at before the first run, a sentence each.
    package var advice: [String]

    /// The most tests that a starter gets; more are one line each to add.
    private static let tests = 3
    private static let healthPaths = ["/healthz", "/health", "/ready", "/readyz", "/livez", "/status", "/ping"]

    /// Makes a starter for a service.
    ///
    /// - Parameters:
    ///   - name: of the service, for `moduleId`.
    ///   - url: of the service; `nil` takes the description's, else a local one.
    ///   - api: the bytes of an OpenAPI document, and its name for diagnostics.
    /// - Throws: `ProjectError` with what is wrong with the document.
    package init(
        name: String,
        url: String?,
        api: (bytes: [UInt8], name: String)? = nil
    ) throws(ProjectError) {
        advice = []
        let description = try api.map { bytes, name throws(ProjectError) in try StarterProject.description(bytes, name)
        }
        let address = try StarterProject.address(url ?? description?.serverURL ?? "http://127.0.0.1:8080")
        let samples = (description?.sampleRequests ?? []).filter { !StarterProject.healthPaths.contains($0.template) }
        let chosen = Array(samples.prefix(StarterProject.tests))
        if url == nil { advice.append("check `baseUrl` in \(ProjectFile.plan): is \(address) the service?") }
        advice.append("give `start` there the command that starts the service, or start it yourself")
        for sample in chosen where !sample.guessed.isEmpty {
            advice.append(
                "GET \(sample.template): check the made-up value of \(sample.guessed.joined(separator: ", "))"
            )
        }
        if let description, chosen.isEmpty, description.sampleWrites.isEmpty {
            let known = description.endpoints.first.map { "; it has \($0)" } ?? ""
            advice.append("the description has no GET that can be asked as it is\(known): write the tests yourself")
        }
        let health = StarterProject.health(description, chosen)
        let writes = Array((description?.sampleWrites ?? []).prefix(StarterProject.tests))
        if !writes.isEmpty {
            let them = writes.map { "\($0.method) \($0.template)" }.joined(separator: ", ")
            advice.append("\(them): written as comments, for they change data; take the # away where that is wanted")
        }
        var text = StarterText(module: name, address: address, health: health, requests: chosen)
        text.writes = writes
        files = [
            File(name: ProjectFile.plan, contents: text.plan),
            File(name: ProjectFile.thresholds, contents: text.thresholds),
            File(name: ProjectFile.observability, contents: text.observability),
        ]
        if let api, description != nil {
            files.append(File(name: ProjectFile.api, contents: String(decoding: api.bytes, as: UTF8.self)))
        }
    }

    private static func description(_ bytes: [UInt8], _ name: String) throws(ProjectError) -> APIDescription {
        let log = DiagnosticLog(file: name.onOneLine)
        // As a run reads it.
        guard bytes.count <= ProjectFolder.largestFile else {
            log.error(at: nil, "is larger than 4 MiB, which no such file should be")
            throw ProjectError(diagnostics: log.diagnostics)
        }
        let description = YAMLDocument.root(of: bytes, log: log, example: APIDescription.example)
            .flatMap(APIDescription.init)
        guard let description else { throw ProjectError(diagnostics: log.diagnostics) }
        return description
    }

    private static func address(_ url: String) throws(ProjectError) -> String {
        do throws(BaseAddress.Fault) {
            return try BaseAddress(url).text
        } catch {
            let message = "\(url.quoted): \(error.reason); example: `--url http://127.0.0.1:8080`"
            throw ProjectError(diagnostics: [PlanDiagnostic(file: "--url", message: message)])
        }
    }

    /// What answers when the service is well: a health address of the description, else the first test's.
    private static func health(_ description: APIDescription?, _ chosen: [APIDescription.SampleRequest]) -> String {
        let known = Set((description?.endpoints ?? []).map { $0.dropFirst($0.hasPrefix("GET ") ? 4 : $0.count) })
        if let path = healthPaths.first(where: { known.contains($0[...]) }) { return path }
        return chosen.first { !$0.path.contains("{{") }?.path ?? "/"
    }
}

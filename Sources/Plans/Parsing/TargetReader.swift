/// Reads the plan's `target`, with `service.metadata.yaml` behind it.
struct TargetReader {
    static let baseExample = "target: { baseUrl: http://127.0.0.1:8080 }"
    private static let keys = KnownKeys(
        known: ["baseUrl", "start", "healthCheck", "headers", "auth", "cookies", "allowedHosts"]
            + TransportReader.targetKeys
    )

    let sources: PlanSources
    let service: ServiceMetadata

    private var environment: EnvironmentReader { sources.environment }

    struct Target {
        /// The base URL is empty when `base` is `nil`.
        var plan: TargetPlan
        var base: BaseAddress?
        /// Servers that requests may go to beside it.
        var allowed: [BaseAddress] = []
        /// Sent with every request, before a test's own.
        var cookies: [HeaderField] = []
    }

    /// `section` is `nil` when the plan has no `target`.
    func target(_ section: YAMLValue?, of plan: YAMLMap) -> Target {
        let map = section?.map(TargetReader.keys, example: TargetReader.baseExample)
        let base = base(map, section, of: plan)
        var target = TargetPlan(
            baseURL: base?.text ?? "",
            startCommand: service.startCommand,
            healthCheck: HealthCheckPlan(path: service.healthPath ?? HealthCheckPlan().path)
        )
        if let start = map?["start"], let command = start.text(example: "start: ./run-server.sh") {
            environment.checkCommand(command, for: start)
            target.startCommand = command
        }
        if let check = map?.section("healthCheck") { target.healthCheck = healthCheck(check, target.healthCheck) }
        guard let map else { return Target(plan: target, base: base) }
        let reader = HeaderReader(sources: sources)
        if let headers = map.section("headers") { target.headers = reader.headers(headers) }
        if let auth = map.section("auth"), let header = AuthReader(sources: sources).header(auth) {
            target.headers.setAuthorization(header, reportingTo: auth)
        }
        target.transport = TransportReader(sources: sources).target(map, scheme: base?.scheme)
        let allowed = map.section("allowedHosts").map(allowedServers) ?? []
        target.allowedOrigins = allowed.map(\.text)
        let cookies = map.section("cookies").map(reader.cookies) ?? []
        return Target(plan: target, base: base, allowed: allowed, cookies: cookies)
    }

    /// Each as `host`, `host:port` or a URL without a path; without a scheme both are meant.
    private func allowedServers(_ section: YAMLValue) -> [BaseAddress] {
        let example = "allowedHosts: [\"cdn.local:8080\", \"https://login.local\"]"
        var servers: [BaseAddress] = []
        for value in section.list(example: example) ?? [] {
            guard let text = value.text(example: example) else { continue }
            for url in text.contains("://") ? [text] : ["http://" + text, "https://" + text] {
                do throws(BaseAddress.Fault) {
                    let address = try BaseAddress(url)
                    guard address.path.isEmpty else { throw BaseAddress.Fault(reason: "a server has no path") }
                    servers.append(address)
                } catch {
                    value.error("\(error.reason); example: `\(example)`")
                    break
                }
            }
        }
        return servers
    }

    private func base(_ map: YAMLMap?, _ section: YAMLValue?, of plan: YAMLMap) -> BaseAddress? {
        // A `target` that is no map has been reported.
        if section != nil, map == nil { return nil }
        guard let value = map?["baseUrl"] else {
            if let known = service.baseURL { return try? BaseAddress(known) }
            plan.value.error(
                "`target.baseUrl` is missing, in the plan and in service.metadata.yaml; "
                    + "example: `\(TargetReader.baseExample)`"
            )
            return nil
        }
        return TargetReader.base(value, environment)
    }

    /// Reads a base URL; also that of `service.metadata.yaml`.
    static func base(
        _ value: YAMLValue,
        _ environment: EnvironmentReader,
        example: String = "baseUrl: http://127.0.0.1:8080"
    ) -> BaseAddress? {
        guard let text = value.text(example: example), let expanded = environment.expand(text, for: value) else {
            return nil
        }
        do throws(BaseAddress.Fault) {
            return try BaseAddress(expanded.text)
        } catch {
            value.error("\(error.reason); example: `\(example)`")
            return nil
        }
    }

    private func healthCheck(_ value: YAMLValue, _ start: HealthCheckPlan) -> HealthCheckPlan {
        let example = "healthCheck: { path: /healthz, timeout: 30s }"
        var check = start
        if value.scalarText != nil {
            check.path = TargetReader.healthPath(value) ?? check.path
            return check
        }
        guard let map = value.map(KnownKeys(known: ["path", "timeout"]), example: example) else { return check }
        if let path = map["path"] { check.path = TargetReader.healthPath(path) ?? check.path }
        if let timeout = map["timeout"]?.duration(example: "timeout: 30s") { check.timeout = timeout }
        return check
    }

    /// Reads a path on the target, with its leading slash.
    static func healthPath(_ value: YAMLValue) -> String? {
        let isVisible: (Unicode.Scalar) -> Bool = { $0.value > 0x20 && $0.value < 0x7F }
        guard let path = value.scalarText, path.hasPrefix("/"), path.unicodeScalars.allSatisfy(isVisible) else {
            value.expected("a path that starts with `/`", example: "path: /healthz")
            return nil
        }
        return path
    }
}

extension [HeaderField] {
    /// Adds what `auth` gives; two ways to say the same are an error.
    mutating func setAuthorization(_ header: HeaderField, reportingTo value: YAMLValue) {
        if contains(where: { $0.name.lowercased() == "authorization" }) {
            value.error("`headers` has an Authorization header too; keep one of them")
        } else {
            append(header)
        }
    }
}

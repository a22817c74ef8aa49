import Yams

/// Reads `service.metadata.yaml`.
struct ServiceReader {
    static let example = "baseUrl: http://127.0.0.1:8080"
    private static let keys = KnownKeys(
        known: [
            "module", "moduleId", "baseUrl", "start", "health", "healthUrl", "resources", "endpoints", "queues",
            // For people and other programs.
            "name", "description", "events", "infrastructure", "traceId", "version", "owner",
        ]
    )

    let environment: EnvironmentReader

    func service(_ root: YAMLValue) -> ServiceMetadata {
        var service = ServiceMetadata()
        guard let map = root.map(Self.keys, example: Self.example) else { return service }
        service.moduleID = (map["module"] ?? map["moduleId"])?.text(example: "module: CheckoutService")?.onOneLine
        let base = map["baseUrl"].flatMap { TargetReader.base($0, environment) }
        service.baseURL = base?.text
        if let start = map["start"], let command = start.text(example: "start: ./run-server.sh") {
            environment.checkCommand(command, for: start)
            service.startCommand = command
        }
        service.healthPath = (map["health"] ?? map["healthUrl"]).flatMap { health($0, base) }
        service.endpoints = map.section("endpoints").map(endpoints) ?? []
        service.queues = map.section("queues").map { names($0, "queue", example: "queues: [orders]") } ?? []
        let resources = KnownKeys(known: ["memory", "cpu"], unread: ["network", "disk"])
        let quota = map.section("resources")?.map(resources, example: "resources: { memory: 512MiB, cpu: 2 }")
        service.memoryQuotaMiB = quota?["memory"]?.bytes(bareUnit: 1 << 20, example: "memory: 512MiB").map {
            Double($0) / 1_048_576
        }
        service.cpuQuotaCores = quota?["cpu"]?.cores(example: "cpu: 2")
        return service
    }

    private func endpoints(_ section: YAMLValue) -> [String] {
        let example = "endpoints: [POST /checkout/submit, /health]"
        return (section.list(example: example) ?? []).compactMap { value in
            // Each alone, or a map that says more of it than we need.
            let endpoint = value.scalarText == nil ? value.plainMap(example: example)?.described(value) : value
            guard let endpoint, let text = endpoint.text(example: example) else { return nil }
            return text.contains(" ") ? text.onOneLine : "GET " + text.onOneLine
        }
    }

    private func names(_ section: YAMLValue, _ key: String, example: String) -> [String] {
        (section.list(example: example) ?? []).compactMap { value in
            guard value.scalarText == nil else { return value.text(example: example)?.onOneLine }
            let map = value.plainMap(example: example)
            return (map?[key] ?? map?["name"])?.text(example: example)?.onOneLine
        }
    }

    /// A path, or a full URL under the base URL.
    private func health(_ value: YAMLValue, _ base: BaseAddress?) -> String? {
        guard let text = value.scalarText, text.contains("://") else { return TargetReader.healthPath(value) }
        return EndpointReader(base: base).endpoint(value)?.path
    }
}

extension YAMLMap {
    /// The path of an endpoint that is written as a map, its method in front.
    fileprivate func described(_ value: YAMLValue) -> YAMLValue? {
        guard let path = self["path"] ?? self["endpoint"], let text = path.scalarText else {
            value.error("`path` is missing; example: `{ path: /checkout/submit, method: POST }`")
            return nil
        }
        guard let method = self["method"]?.scalarText else { return path }
        return YAMLValue(
            node: Node("\(method.uppercased()) \(text)"),
            name: path.name,
            log: path.log,
            origin: path.place
        )
    }
}

/// Reads `service.metadata.yaml`.
struct ServiceReader {
    static let example = "baseUrl: http://127.0.0.1:8080"
    private static let keys = KnownKeys(
        known: ["module", "moduleId", "baseUrl", "start", "health", "healthUrl", "resources"],
        unread: ["name", "description", "endpoints", "queues", "events", "infrastructure", "traceId"]
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
        let resources = KnownKeys(known: ["memory", "cpu"], unread: ["network", "disk"])
        let quota = map.section("resources")?.map(resources, example: "resources: { memory: 512MiB, cpu: 2 }")
        service.memoryQuotaMiB = quota?["memory"]?.bytes(bareUnit: 1 << 20, example: "memory: 512MiB").map {
            Double($0) / 1_048_576
        }
        service.cpuQuotaCores = quota?["cpu"]?.cores(example: "cpu: 2")
        return service
    }

    /// A path, or a full URL under the base URL.
    private func health(_ value: YAMLValue, _ base: BaseAddress?) -> String? {
        guard let text = value.scalarText, text.contains("://") else { return TargetReader.healthPath(value) }
        return EndpointReader(base: base).endpoint(value)?.path
    }
}

/// Reads `observability.config.yaml`; `fixtures/shop/perf` has one.
struct ObservabilityReader {
    static let example = "otlp: { httpPort: 4318 }"
    private static let keys = KnownKeys(
        known: ["otlp", "prometheus", "metrics", "drain", "export", "limits"],
        unread: ["traceId", "tempo", "jaeger", "logs"]
    )

    let environment: EnvironmentReader

    func configuration(_ root: YAMLValue) -> ObservabilityConfiguration {
        var configuration = ObservabilityConfiguration()
        guard let map = root.map(Self.keys, example: Self.example) else { return configuration }
        let otlp = KnownKeys(known: ["httpPort"], unread: ["grpcPort"])
        if let port = map.section("otlp")?.map(otlp, example: Self.example)?["httpPort"]?
            .integer("a port from 0 (any free one) to 65535", in: 0...65_535, example: "httpPort: 4318")
        {
            configuration.otlpHTTPPort = port
        }
        if let prometheus = map.section("prometheus") { scraping(prometheus, &configuration) }
        if let metrics = map.section("metrics") {
            configuration.metricOverrides = MetricOverrideReader().overrides(metrics)
        }
        let drain = map.section("drain")?.map(KnownKeys(known: ["timeout"]), example: "drain: { timeout: 30s }")
        if let timeout = drain?["timeout"]?.duration(allowsZero: true, example: "timeout: 30s") {
            configuration.drainTimeout = timeout
        }
        let export = map.section("export")?
            .map(KnownKeys(known: ["otlp"]), example: "export: { otlp: http://127.0.0.1:4318 }")
        configuration.exportEndpoint = export?["otlp"].flatMap {
            TargetReader.base($0, environment, example: "otlp: http://127.0.0.1:4318")?.text
        }
        let limits = map.section("limits")?
            .map(KnownKeys(known: ["traceStoreMiB"]), example: "limits: { traceStoreMiB: 512 }")
        if let size = limits?["traceStoreMiB"]?
            .integer("a whole number of MiB from 1 to 1048576", in: 1...1_048_576, example: "traceStoreMiB: 512")
        {
            configuration.traceStoreBytes = size << 20
        }
        return configuration
    }

    private func scraping(_ section: YAMLValue, _ configuration: inout ObservabilityConfiguration) {
        let example = "targets: [{ service: checkout, url: http://127.0.0.1:9100/metrics }]"
        let keys = KnownKeys(known: ["interval", "targets", "server", "remoteWrite"])
        guard let map = section.map(keys, example: "prometheus: { \(example) }") else { return }
        if let server = map.section("server") { configuration.prometheusServer = self.server(server) }
        let remoteWrite = map.section("remoteWrite")?
            .map(KnownKeys(known: ["port"]), example: "remoteWrite: { port: 9201 }")
        configuration.remoteWritePort = remoteWrite?.required("port", example: "remoteWrite: { port: 9201 }")?
            .integer("a port from 0 (any free one) to 65535", in: 0...65_535, example: "port: 9201")
        if let value = map["interval"], let interval = value.duration(example: "interval: 1s") {
            if interval < .milliseconds(100) {
                value.expected("at least 100ms", example: "interval: 1s")
            } else {
                configuration.scrapeInterval = interval
            }
        }
        for target in map.section("targets")?.list(example: example) ?? [] {
            guard let entry = target.map(KnownKeys(known: ["service", "url"]), example: example) else { continue }
            let service = entry.required("service", example: example)?.text(example: "service: checkout")
            let url = entry.required("url", example: example).flatMap(url)
            if let service, let url { configuration.scrapeTargets.append(ScrapeTarget(service: service, url: url)) }
        }
    }

    /// An address alone, or a map with the labels of the target's series.
    private func server(_ value: YAMLValue) -> PrometheusServerPlan? {
        let example = "server: { url: http://127.0.0.1:9090, labels: { job: checkout } }"
        let address = "url: http://127.0.0.1:9090"
        if value.scalarText != nil {
            return TargetReader.base(value, environment, example: address).map { PrometheusServerPlan(url: $0.text) }
        }
        guard let map = value.map(KnownKeys(known: ["url", "labels"]), example: example),
            let url = map.required("url", example: example)
                .flatMap({ TargetReader.base($0, environment, example: address)?.text })
        else { return nil }
        var plan = PrometheusServerPlan(url: url)
        for (name, label) in map.section("labels")?.entries(example: example) ?? [] {
            plan.labels[name] = label.text(example: "labels: { job: checkout }")
        }
        return plan
    }

    /// An absolute URL, whose path may end in a query.
    private func url(_ value: YAMLValue) -> String? {
        let example = "url: http://127.0.0.1:9100/metrics"
        guard let text = value.text(example: example), let expanded = environment.expand(text, for: value) else {
            return nil
        }
        let location = expanded.text.prefix { $0 != "?" }
        do throws(BaseAddress.Fault) {
            _ = try BaseAddress(String(location))
            return expanded.text
        } catch {
            value.error("\(error.reason); example: `\(example)`")
            return nil
        }
    }
}

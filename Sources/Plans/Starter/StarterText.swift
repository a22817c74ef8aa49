/// The words of a starter folder; what a person would change first stands first.
struct StarterText {
    let module: String
    let address: String
    let health: String
    /// What is asked; empty asks for `/`.
    let requests: [APIDescription.SampleRequest]
    /// What could be asked, by who knows what it changes.
    var writes: [APIDescription.SampleRequest] = []

    var plan: String {
        """
        # What is tested, and how hard. Every key: docs/formats/plan.md; check it with `plimsoll validate`.
        moduleId: \(quoted(module))

        target:
          # Where the service answers.
          baseUrl: \(quoted(address))
          # How to start it; Plimsoll stops it again. Without this line it must run already.
          # start: ./run-server.sh
          # Load begins when this answers with 2xx or 3xx.
          healthCheck: { path: \(quoted(health)), timeout: 30s }
          # headers: { Authorization: "Bearer ${TOKEN}" }   # from the environment, never written anywhere

        # For all tests. The warm-up is load too, but not measured.
        defaults: { warmup: 5s, timeout: 10s }

        tests:
        \((requests.isEmpty ? [root] : requests).map(test).joined(separator: "\n"))\(writesText)
          # A sudden burst: how high does latency go, and how soon is it well again?
          # - { type: spike, endpoint: \(quoted("GET " + (requests.first ?? root).path)), rps: 100, duration: 1m }
          # How much load does it take before a limit breaks?
          # - { type: stress, endpoint: \(quoted("GET " + (requests.first ?? root).path)), rps: 20, duration: 3m }

        # A test that came out badly is repeated, changed to fit the cause.
        # retry: { max: 1, coolDown: 30s }

        """
    }

    var thresholds: String {
        """
        # What must hold. The most specific limit wins: endpoint, then test type, then edition, then module.
        thresholds:
          latencyMs: { p95: 500 }   # milliseconds, from the moment a request was due
          errorRateMax: 0.01        # a share: 0.01 is 1 %
          # rpsMin: 20              # requests per second
          # cpuUsageMax: 75         # percent of one core
          # memoryUsageMax: 512MiB

        """
    }

    var observability: String {
        """
        # Where telemetry comes from. Point the service's OpenTelemetry exporter here:
        #   OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318   OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
        # A service that Plimsoll starts (target.start) gets both by itself.
        otlp: { httpPort: 4318 }
        # Metrics of the service, scraped while it is loaded:
        # prometheus: { targets: [{ service: \(quoted(module)), url: http://127.0.0.1:9100/metrics }] }

        """
    }

    private var writesText: String {
        guard !writes.isEmpty else { return "" }
        let lines = writes.flatMap { request -> [String] in
            var lines = ["- type: load"]
            if request.path != request.template {
                lines.append("  name: \(quoted("\(request.method) \(request.template)"))")
            }
            lines.append("  endpoint: \(quoted("\(request.method) \(request.path)"))")
            if let body = request.body { lines.append("  body: { json: \(body) }") }
            return lines + ["  rps: 5", "  duration: 30s"]
        }
        return
            "\n  # These change what the service keeps: take the # away where that may be. Made-up values stand in for real ones."
            + lines.map { "\n  # " + $0 }.joined()
    }

    private var root: APIDescription.SampleRequest { .init(path: "/", template: "/", guessed: []) }

    private func test(_ request: APIDescription.SampleRequest) -> String {
        // With values in its address a test is called as the description has it.
        let name = request.path == request.template ? "" : "\n    name: \(quoted("GET " + request.template))"
        return """
              - type: load\(name)
                endpoint: \(quoted("GET " + request.path))
                rps: 20
                duration: 30s
            """
    }

    /// In double quotes, which YAML and JSON read alike.
    private func quoted(_ text: String) -> String {
        JSONText.quoted(text)
    }
}

/// The words of a starter folder; what a person would change first stands first.
struct StarterText {
    let module: String
    let address: String
    let health: String
    /// Paths with their queries; empty asks for `/`.
    let requests: [String]

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
        \((requests.isEmpty ? ["/"] : requests).map(test).joined(separator: "\n"))
          # A sudden burst: how high does latency go, and how soon is it well again?
          # - { type: spike, endpoint: \(quoted("GET " + (requests.first ?? "/"))), rps: 100, duration: 1m }
          # How much load does it take before a limit breaks?
          # - { type: stress, endpoint: \(quoted("GET " + (requests.first ?? "/"))), rps: 20, duration: 3m }

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

    private func test(_ path: String) -> String {
        """
          - type: load
            endpoint: \(quoted("GET " + path))
            rps: 20
            duration: 30s
        """
    }

    /// In double quotes, which YAML and JSON read alike.
    private func quoted(_ text: String) -> String {
        "\"" + text.onOneLine.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}

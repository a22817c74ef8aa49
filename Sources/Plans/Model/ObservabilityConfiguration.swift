/// `observability.config.yaml`: where telemetry comes from.
package struct ObservabilityConfiguration: Sendable, Hashable {
    /// Of the OTLP/HTTP receiver, loopback.
    package var otlpHTTPPort: Int
    /// Prometheus endpoints of the target to scrape.
    package var scrapeTargets: [ScrapeTarget]
    package var scrapeInterval: Duration
    /// A Prometheus server that knows the target's metrics already; asked once, after the load.
    package var prometheusServer: PrometheusServerPlan?
    /// Port on which Prometheus remote write 1.0 is received, loopback; `nil` for none.
    package var remoteWritePort: Int?
    /// In written order; a field that is named here is read from these metrics alone.
    package var metricOverrides: [MetricOverride] = []
    /// How long to wait for late spans after the load at most.
    package var drainTimeout: Duration
    /// Receiver of the generator's own client spans, such as a Tempo or Jaeger; none by default.
    package var exportEndpoint: String?
    /// Bytes the trace store may hold.
    package var traceStoreBytes: Int

    package init(
        otlpHTTPPort: Int = 4318,
        scrapeTargets: [ScrapeTarget] = [],
        scrapeInterval: Duration = .seconds(1),
        drainTimeout: Duration = .seconds(30),
        exportEndpoint: String? = nil,
        traceStoreBytes: Int = 256 << 20
    ) {
        self.otlpHTTPPort = otlpHTTPPort
        self.scrapeTargets = scrapeTargets
        self.scrapeInterval = scrapeInterval
        self.drainTimeout = drainTimeout
        self.exportEndpoint = exportEndpoint
        self.traceStoreBytes = traceStoreBytes
    }
}

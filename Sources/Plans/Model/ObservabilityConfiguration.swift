/// `observability.config.yaml`: where telemetry comes from.
package struct ObservabilityConfiguration: Sendable, Hashable {
    /// Of the OTLP/HTTP receiver, loopback.
    package var otlpHTTPPort: Int
    /// Prometheus endpoints of the target to scrape.
    package var scrapeTargets: [ScrapeTarget]
    package var scrapeInterval: Duration
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
        traceStoreBytes: Int = 512 << 20
    ) {
        self.otlpHTTPPort = otlpHTTPPort
        self.scrapeTargets = scrapeTargets
        self.scrapeInterval = scrapeInterval
        self.drainTimeout = drainTimeout
        self.exportEndpoint = exportEndpoint
        self.traceStoreBytes = traceStoreBytes
    }
}

package struct ScrapeTarget: Sendable, Hashable {
    package var service: String
    package var url: String

    package init(service: String, url: String) {
        self.service = service
        self.url = url
    }
}

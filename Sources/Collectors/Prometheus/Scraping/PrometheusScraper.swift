package import Curl
import FoundationEssentials
package import Logging
import ServiceLifecycle
package import Telemetry

/// Fetches the metrics of each target once an interval.
///
/// Every scrape, failed or not, hands the sink one list: its points with the labels `service` and `instance` added (a
/// label of the same name in the body becomes `exported_…`, as in Prometheus) and `up`, 1 or 0; a series that the
/// scrape before had and this one has not gets a stale marker. All of them carry the time the scrape began. A slow
/// target delays nobody: each has its own task, and missed ticks are skipped.
package struct PrometheusScraper: Service {
    private let targets: [(service: String, url: String)]
    private let interval: Duration
    private let client: HTTPClient
    private let counters: ScraperCounters
    private let logger: Logger
    private let parser: ExpositionParser
    private let limits: ExpositionLimits
    private let now: @Sendable () -> UInt64
    private let sink: @Sendable ([MetricPoint]) -> Void

    /// What Prometheus 2 sends when it wants native histograms.
    private static let acceptedTypes =
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,"
        + "application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"

    /// Prepares the scraper; nothing is fetched before `run()`.
    ///
    /// `targets` name the service a target belongs to and the address of its metrics. `interval` is between the starts
    /// of two scrapes; one scrape may take nine tenths of it, ten seconds at most. `now` is Unix time in nanoseconds.
    /// `sink` is called from one task a target, so concurrently for several, and must not block.
    package init(
        targets: [(service: String, url: String)],
        interval: Duration,
        client: HTTPClient,
        counters: ScraperCounters = ScraperCounters(),
        logger: Logger,
        limits: ExpositionLimits = ExpositionLimits(),
        now: @escaping @Sendable () -> UInt64 = WallClock.now,
        sink: @escaping @Sendable ([MetricPoint]) -> Void
    ) {
        self.targets = targets
        self.interval = max(interval, .milliseconds(10))
        self.client = client
        self.counters = counters
        self.logger = logger
        self.limits = limits
        parser = ExpositionParser(limits: limits)
        self.now = now
        self.sink = sink
    }

    /// Runs until graceful shutdown or cancellation; never throws for a failed scrape.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                for target in targets {
                    group.addTask { await scrapeRepeatedly(service: target.service, url: target.url) }
                }
            }
        }
    }

    private func scrapeRepeatedly(service: String, url: String) async {
        var wasUp: Bool?
        var presence = SeriesPresence()
        var due = ContinuousClock.now
        while !Task.isCancelled {
            let began = now()
            let result = await scrape(url, at: began)
            // The run is over: what was cut short is not a failure of the target.
            if Task.isCancelled { return }
            var points = labelled(result, service: service, instance: Self.instance(of: url))
            points += presence.update(points, at: began)
            sink(points + [up(result, service: service, instance: Self.instance(of: url), time: began)])
            note(result, service: service, wasUp: &wasUp)
            repeat { due += interval } while due <= .now
            try? await Task.sleep(until: due, clock: .continuous)
        }
    }

    /// Fetches and reads one target's metrics; every point gets `time`, Unix time in nanoseconds.
    package func scrape(_ url: String, at time: UInt64) async -> Result<[MetricPoint], ScrapeFailure> {
        let timeout = min(interval * 9 / 10, .seconds(10))
        let seconds = Double(timeout.components.seconds) + Double(timeout.components.attoseconds) / 1e18
        let request = HTTPRequest(
            url: url,
            headers: [
                HTTPHeader(name: "Accept", value: Self.acceptedTypes),
                HTTPHeader(name: "X-Prometheus-Scrape-Timeout-Seconds", value: "\(seconds)"),
            ],
            timeout: timeout,
            maximumResponseBytes: limits.bodyBytes
        )
        let response: HTTPResponse
        do {
            response = try await client.send(request)
        } catch {
            return .failure(.unreachable(error))
        }
        guard response.status == 200 else { return .failure(.status(response.status)) }
        do {
            return .success(try parser.parse(response.body, contentType: response.header("Content-Type"), at: time))
        } catch {
            return .failure(.unreadable(error))
        }
    }

    private func labelled(
        _ result: Result<[MetricPoint], ScrapeFailure>,
        service: String,
        instance: String
    ) -> [MetricPoint] {
        let own = ["service": service, "instance": instance]
        var points = (try? result.get()) ?? []
        for index in points.indices {
            for (name, value) in own {
                if let exported = points[index].labels.updateValue(value, forKey: name) {
                    points[index].labels["exported_" + name] = exported
                }
            }
        }
        return points
    }

    private func up(
        _ result: Result<[MetricPoint], ScrapeFailure>,
        service: String,
        instance: String,
        time: UInt64
    ) -> MetricPoint {
        MetricPoint(
            name: "up",
            labels: ["service": service, "instance": instance],
            kind: .gauge,
            value: (try? result.get()) == nil ? 0 : 1,
            timeNanoseconds: time
        )
    }

    /// Counts the scrape, and logs only when the target came up or went down.
    private func note(_ result: Result<[MetricPoint], ScrapeFailure>, service: String, wasUp: inout Bool?) {
        switch result {
        case .success(let points):
            counters.countScrape(points: points.count)
            if wasUp == false { logger.info("metrics of \(service) are back") }
            wasUp = true
        case .failure(let failure):
            counters.countFailure("\(service): \(failure)")
            if wasUp != false { logger.warning("metrics of \(service) cannot be scraped: \(failure)") }
            wasUp = false
        }
    }

    /// Host and port of a URL, without credentials.
    private static func instance(of url: String) -> String {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        let authority = parts.count > 2 && parts[1].isEmpty ? parts[2] : parts[0]
        let address = authority.prefix { $0 != "?" && $0 != "#" }
        return String(address.split(separator: "@", omittingEmptySubsequences: false).last ?? "")
    }
}

import Baselines
import Collectors
import Hummingbird
import Listeners
import Runs

/// `GET /metrics`: everything Plimsoll knows, for Prometheus, in the format it prefers.
struct MetricsRoutes: RouteSet {
    private let state: WebState
    private let lookups: TraceLookups
    private let totals: OperationTotals
    private let runs: RunFigures
    private let failures = ReadFailures()

    init(state: WebState, lookups: TraceLookups) {
        self.state = state
        self.lookups = lookups
        totals = OperationTotals(store: state.store, now: state.now)
        runs = RunFigures(store: state.store)
    }

    func add(to router: Router<WebContext>) {
        router.get("metrics") { request, _ in
            let format = ExpositionText(accept: request.headers[.accept])
            return Response(
                status: .ok,
                headers: [.contentType: format.contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(string: format.render(await families())))
            )
        }
    }

    private func families() async -> [MetricFamily] {
        let (store, watch) = (state.store, state.watch)
        let progress = watch.progress
        var families = ReceptionMetrics.families(watch.counters.snapshot, progress, lookups.counts)
        families += ConnectionMetrics.families([
            ("web", state.connections.snapshot), ("otlp-http", watch.counters.httpConnections.snapshot),
            ("otlp-grpc", watch.counters.grpcConnections.snapshot),
        ])
        families.append(
            MetricFamily(
                "plimsoll_certificate_failures",
                .counter,
                "Changed certificates that could not be read, by port; the one before stays in use.",
                [
                    MetricSample(Double(state.certificateFailures.count), ["port": "web"]),
                    MetricSample(Double(watch.counters.snapshot.certificateFailures), ["port": "otlp"]),
                ]
            )
        )
        families += AnomalyMetrics.families(progress.anomalies)
        families += await part(.operations) { OperationMetrics.families(try await totals.current()) }
        families += await part(.runs) { RunMetrics.families(try await runs.current()) }
        families += await part(.deploys) {
            DeployMetrics.families(
                deploys: try await store.newestDeploys(limit: DeployMetrics.serviceLimit),
                checks: try await store.newestChecks(limit: DeployMetrics.serviceLimit)
            )
        }
        if let checks = state.checks { families += DeployMetrics.families(checks.progress) }
        families.append(PublicationMetrics.queue(state.queue?.runs ?? []))
        families.append(PublicationMetrics.annotations(state.annotations?.snapshot ?? AnnotationCounters.Snapshot()))
        families.append(
            MetricFamily(
                "plimsoll_unreadable_windows",
                .counter,
                "Windows that could not be read back for these metrics.",
                Double(await totals.unreadableWindows)
            )
        )
        families.append(
            MetricFamily(
                "plimsoll_scrape_failures",
                .counter,
                "Scrapes that lacked a part because the store could not be read.",
                ReadFailures.Part.allCases.map {
                    MetricSample(Double(failures.count(of: $0)), ["part": $0.rawValue])
                }
            )
        )
        return families + ProcessMetrics.families()
    }

    /// A store that cannot be read costs what is in it; that it cannot be read must still be seen.
    private func part(
        _ part: ReadFailures.Part,
        _ body: () async throws -> [MetricFamily]
    ) async -> [MetricFamily] {
        do {
            return try await body()
        } catch {
            failures.add(part)
            return []
        }
    }
}

import Baselines
import Collectors
import Hummingbird
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
        totals = OperationTotals(store: state.store, startedAt: state.now())
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
        var families = ReceptionMetrics.families(watch.counters.snapshot, watch.progress, lookups.counts)
        families += await part { OperationMetrics.families(try await totals.current()) }
        families += await part { RunMetrics.families(try await runs.current()) }
        families += await part {
            DeployMetrics.families(
                deploys: try await store.newestDeploys(limit: DeployMetrics.serviceLimit),
                checks: try await store.newestChecks(limit: DeployMetrics.serviceLimit)
            )
        }
        if let checks = state.checks { families += DeployMetrics.families(checks.progress) }
        if let queue = state.queue {
            let runs = Dictionary(grouping: queue.runs, by: \.state)
            families.append(
                MetricFamily(
                    "plimsoll_queued_runs",
                    .gauge,
                    "Runs that were asked for over HTTP and are still remembered, by state.",
                    QueuedRun.State.allCases.map {
                        MetricSample(Double(runs[$0]?.count ?? 0), ["state": $0.rawValue])
                    }
                )
            )
        }
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
                "plimsoll_store_read_failures",
                .counter,
                "Parts of these metrics that were missing because the store could not be read.",
                Double(failures.count)
            )
        )
        return families + ProcessMetrics.families()
    }

    /// A store that cannot be read costs what is in it; that it cannot be read must still be seen.
    private func part(_ body: () async throws -> [MetricFamily]) async -> [MetricFamily] {
        do {
            return try await body()
        } catch {
            failures.add()
            return []
        }
    }
}

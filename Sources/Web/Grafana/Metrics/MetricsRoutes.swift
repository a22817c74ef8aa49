import Baselines
import Collectors
import Hummingbird
import Runs

/// `GET /metrics`: everything Plimsoll knows, for Prometheus, in the format it prefers.
struct MetricsRoutes: RouteSet {
    // Deploys and checks that are looked through for the newest of each service.
    private static let recordLimit = 500

    private let state: WebState
    private let lookups: TraceLookups
    private let totals: OperationTotals
    private let runs: RunFigures

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
                body: ResponseBody(byteBuffer: ByteBuffer(string: format.render(try await families())))
            )
        }
    }

    private func families() async throws -> [MetricFamily] {
        let received = ReceptionMetrics.families(
            state.watch.counters.snapshot,
            state.watch.progress,
            lookups.counts
        )
        let deploys = try await state.store.deploys(limit: MetricsRoutes.recordLimit)
        let checks = try await state.store.checks(limit: MetricsRoutes.recordLimit)
        return received
            + OperationMetrics.families(try await totals.current())
            + RunMetrics.families(try await runs.current())
            + DeployMetrics.families(deploys: deploys, checks: checks)
            + ProcessMetrics.families()
    }
}

import Analysis
import Baselines
import Correlation
import Hummingbird
import Reporting

/// `/anomalies`: operations that left what is usual for them, since when and by how much, each with its chart.
struct AnomalyPages: StudioPages {
    /// Charts on one page: each looks through all windows that are read.
    private static let charts = 12
    private static let most = WebState.mostAnomalies
    /// Shown around an episode: an hour before, and six in all.
    private static let before: UInt64 = 3_600_000_000_000
    private static let longest: UInt64 = 6 * 3_600_000_000_000

    let frame: StudioFrame

    func add(to router: Router<WebContext>) {
        router.get("anomalies") { request, context in
            try await frame.answer("Anomalies", in: .anomalies, try await content(), to: request, for: context)
        }
    }

    private func content() async throws -> String {
        let now = frame.state.now()
        let open = try await frame.state.openAnomalies()
        let all = try await frame.state.store.anomalies(limit: AnomalyPages.most)
        let over = all.filter { $0.until != nil }
        let windows = try await windows(of: Array(open.prefix(AnomalyPages.charts)), now: now)
        return try AnomalyPages.template.render([
            "open": open.prefix(AnomalyPages.most).enumerated().map { index, anomaly in
                AnomalyRow(anomaly, now: now).values(
                    chart: index < AnomalyPages.charts ? chart(of: anomaly, in: windows, now: now) : nil
                )
            },
            "hasOpen": !open.isEmpty,
            "over": over.map { AnomalyRow($0, now: now).values(chart: nil) },
            "hasOver": !over.isEmpty,
            "empty": try StudioFrame.empty(
                "Nothing is anomalous",
                "An operation shows here when it leaves what is usual for it, which takes an hour of its minutes to know; or when it fails so often that it spends the error budget of its objective too fast."
            ),
        ])
    }

    /// One stretch for all of them, so that each window is read once.
    private func windows(of anomalies: [OperationAnomaly], now: UInt64) async throws -> [TelemetryWindow] {
        guard let first = anomalies.map(\.since).min() else { return [] }
        let start = max(first - min(first, AnomalyPages.before), now - min(now, AnomalyPages.longest))
        return try await frame.state.store.windows(in: start..<max(start, now))
    }

    private func chart(of anomaly: OperationAnomaly, in windows: [TelemetryWindow], now: UInt64) -> String? {
        // A budget burns in failed requests, which durations do not show.
        guard anomaly.burn == nil else { return nil }
        let start = anomaly.since - min(anomaly.since, AnomalyPages.before)
        let end = max(anomaly.until ?? now, anomaly.since)
        return OperationChart(
            of: anomaly.operation,
            in: windows.filter { $0.start >= start },
            usual: anomaly.usual,
            episode: anomaly.since..<end
        )?.svg()
    }

    private static let template = StudioTemplate(
        #"""
        <h1>Anomalies</h1>
        {{^hasOpen}}{{{empty}}}{{/hasOpen}}
        {{#open}}
        <section class="card banner {{tone}}"><h2><span class="badge">{{severity}}</span> {{operation}}</h2>
        <p class="why">{{difference}}</p>
        {{#chart}}<p class="legend"><span class="dim">median (blue), p95 (orange), usual (dashed); red: out of the usual</span></p>{{{chart}}}{{/chart}}
        <dl class="facts"><div><dt>since</dt><dd>{{since}}, {{length}}</dd></div><div><dt>usual</dt><dd>{{usual}}</dd></div><div><dt>farthest</dt><dd>{{peak}}, {{peakAt}}</dd></div>{{#z}}<div><dt>robust z</dt><dd>{{z}}</dd></div>{{/z}}<div><dt>seen by</dt><dd>{{signal}}</dd></div></dl>
        <p class="actions"><a class="button" href="{{traces}}">Its traces</a><a class="button" href="{{flamegraph}}">Flamegraph, against before</a></p></section>
        {{/open}}
        {{#hasOver}}
        <section class="card"><h2>Over</h2><table class="stack"><thead><tr><th>operation</th><th>severity</th><th>what</th><th>since</th><th>how long</th><th>ended</th></tr></thead><tbody>
        {{#over}}<tr><td class="op whole">{{operation}}</td><td class="{{tone}}"><span class="badge">{{severity}}</span></td><td class="whole">{{difference}}</td><td>{{since}}</td><td>{{length}}</td><td>{{ending}}</td></tr>
        {{/over}}</tbody></table></section>
        {{/hasOver}}
        """#
    )
}

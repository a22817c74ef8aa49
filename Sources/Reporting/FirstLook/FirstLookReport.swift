import Analysis
import Statistics
package import Telemetry

/// What `plimsoll load` has to say: one load without plan, spans and baseline, with the same honesty as a run.
package struct FirstLookReport: Sendable {
    package enum Verdict: String, Sendable {
        /// Measured, and at most 1 % of the arrivals failed: all there is to say without limits and a baseline.
        case measured
        case fail
        case invalid
    }

    /// The default policy of runs without thresholds.
    private static let errorLimit = 0.01

    private let load: TestLoad
    private let summary: LoadSummary
    private let title: String
    private let engine: String
    private let wasInterrupted: Bool

    /// `title` is method and address, without query and credentials.
    package init(_ load: TestLoad, title: String, engine: String, wasInterrupted: Bool) {
        self.load = load
        summary = LoadSummary(load, exemplarTraceIDs: [])
        self.title = title
        self.engine = engine
        self.wasInterrupted = wasInterrupted
    }

    package var verdict: Verdict {
        if !load.invalidReasons.isEmpty { return .invalid }
        let hasData = load.ledger.completed > 0
        return hasData && load.ledger.errorRate <= FirstLookReport.errorLimit ? .measured : .fail
    }

    /// As of the contract: 0, 1 for failures, 4 for a measurement that cannot be trusted, 130 after an interruption.
    package var exitCode: Int32 {
        if wasInterrupted { return 130 }
        return switch verdict {
        case .measured: 0
        case .fail: 1
        case .invalid: 4
        }
    }

    /// The latency from schedule, for HdrHistogram's tools.
    package var percentiles: String { PercentileText(load.latency).text }

    /// Lines for people, each ended by a newline.
    package var text: String {
        var lines = ["\(verdict.rawValue)  \(PlainText.clean(title, limit: 200))"]
        for reason in load.invalidReasons { lines.append(row("invalid", reason)) }
        if verdict == .fail { lines.append(row("fail", failure)) }
        lines.append(row("requests", requests))
        lines.append(
            row("rate", "\(Quantity.rate(load.achievedRate)) answered of \(Quantity.rate(load.targetRate)) scheduled")
        )
        lines.append(row("latency", FirstLookReport.quantiles(of: load.latency) + "  (from schedule)"))
        lines.append(row("", FirstLookReport.precision(of: load.latency)))
        lines.append(row("service", FirstLookReport.quantiles(of: load.serviceTime) + "  (from sending)"))
        lines.append(row("lag", FirstLookReport.quantiles(of: load.scheduleLag) + "  (scheduled to sent)"))
        lines.append(row("phases", phases))
        if !load.statusCodes.isEmpty { lines.append(row("status", statuses)) }
        for (reason, count) in load.failureReasons.ranked.prefix(5) {
            lines.append(row("", "\(Quantity.count(count)) × \(PlainText.clean(reason, limit: 160))"))
        }
        let traffic = "\(size(load.bytesSent)) sent, \(size(load.bytesReceived)) received, "
        lines.append(row("traffic", traffic + "\(Quantity.count(load.connectionsOpened)) connections opened"))
        let cpu = load.threadCPU.map(Quantity.percent).joined(separator: ", ")
        lines.append(row("generator", "threads used \(cpu) of a core each, \(engine)"))
        return lines.map { $0 + "\n" }.joined()
    }

    /// One JSON object, keys in a stable order.
    package func json() -> String {
        JSONText.document([
            "target": .string(title),
            "status": .string(verdict.rawValue),
            "exitCode": .of(exitCode),
            "reasons": .of(load.invalidReasons + (verdict == .fail ? [failure] : [])),
            "rps": .number(load.achievedRate),
            "rpsTarget": .number(load.targetRate),
            "latency": TestMetrics.latency(load.latency),
            "latencyPrecision": TestMetrics.precision(load.latency),
            "serviceTime": TestMetrics.latency(load.serviceTime),
            "scheduleLag": TestMetrics.latency(load.scheduleLag),
            "phases": TestMetrics.phases(load.phases),
            "errorRate": load.ledger.scheduled == 0 ? .null : .number(load.ledger.errorRate),
            "requests": TestMetrics.requests(summary),
            "errors": TestMetrics.errors(summary),
            "failureReasons": .object(load.failureReasons.ranked.map { DocumentMember($0.reason, .of($0.count)) }),
            "statusCodes": .object(
                load.statusCodes.sorted { $0.key < $1.key }.map { DocumentMember(String($0.key), .of($0.value)) }
            ),
            "bytesSent": .of(load.bytesSent),
            "bytesReceived": .of(load.bytesReceived),
            "connectionsOpened": .of(load.connectionsOpened),
            "ledgerBalanced": .bool(load.ledger.isBalanced),
            "generator": ["engine": .string(engine), "threadCpu": .array(load.threadCPU.map { .number($0) })],
        ])
    }

    private var failure: String {
        if load.ledger.completed == 0 { return "no request succeeded" }
        return "\(Quantity.percent(load.ledger.errorRate)) of the arrivals failed, limit 1 %"
    }

    private var requests: String {
        let parts = RequestOutcome.allCases.compactMap { outcome in
            summary.outcomes[outcome.name].map { "\(Quantity.count($0)) \(outcome.name)" }
        }
        let sum = load.ledger.isBalanced ? "=" : "≠"
        return "\(Quantity.count(load.ledger.scheduled)) scheduled \(sum) \(parts.joined(separator: " + "))"
    }

    private var phases: String {
        let named = [
            ("dns", load.phases.dns), ("connect", load.phases.connect), ("tls", load.phases.tls),
            ("wait", load.phases.wait), ("receive", load.phases.receive),
        ]
        let known = named.filter { !$0.1.isEmpty }
        if known.isEmpty { return "none" }
        return "p50 of "
            + known.map { "\($0) \(Quantity.milliseconds(nanoseconds: $1.quantile(0.5)))" }
            .joined(separator: ", ")
    }

    private var statuses: String {
        load.statusCodes.sorted { $0.key < $1.key }.map { "\($0.key): \(Quantity.count($0.value))" }
            .joined(separator: ", ")
    }

    private func size(_ bytes: UInt64) -> String {
        let units = ["B", "KiB", "MiB", "GiB", "TiB"]
        var amount = Double(bytes)
        var unit = 0
        while amount >= 1024, unit < units.count - 1 { (amount, unit) = (amount / 1024, unit + 1) }
        return Quantity.mean(amount) + " " + units[unit]
    }

    private func row(_ label: String, _ text: String) -> String {
        label + String(repeating: " ", count: max(1, 11 - label.count)) + text
    }
}

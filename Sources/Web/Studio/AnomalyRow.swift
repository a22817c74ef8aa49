import Analysis
import Correlation
import Reporting
import Telemetry

/// An anomaly in the words of the pages.
struct AnomalyRow {
    private let anomaly: OperationAnomaly
    private let now: UInt64

    /// `now` in Unix nanoseconds.
    init(_ anomaly: OperationAnomaly, now: UInt64) {
        self.anomaly = anomaly
        self.now = now
    }

    /// As a line of the overview.
    var attention: [String: Any] {
        [
            "tone": tone, "kind": anomaly.severity.rawValue, "link": "/anomalies",
            "what": operation, "text": difference, "age": "since \(Words.age(anomaly.since, now: now))",
        ]
    }

    /// `chart` is markup that is safe already; `nil` where no window of it is left.
    func values(chart: String?) -> [String: Any] {
        [
            "tone": tone,
            "severity": anomaly.severity.rawValue,
            "operation": operation,
            "difference": difference,
            "signal": signal,
            "since": Timestamp.readable(anomaly.since),
            "length": length,
            "isOpen": anomaly.until == nil,
            "ending": ending,
            "usual": level(anomaly.usual),
            "peak": level(anomaly.peak),
            "peakAt": Words.age(anomaly.peakAt, now: now),
            "z": anomaly.z.map { NumberText.fixed($0, decimals: 1) } ?? false,
            "chart": chart ?? false,
            "traces": "/traces?service=\(Query.escape(anomaly.operation.service))"
                + "&operation=\(Query.escape(anomaly.operation.name))&from=\(anomaly.since)",
            "flamegraph": flamegraph,
        ]
    }

    private var tone: String { anomaly.severity == .critical ? "critical-anomaly" : "warning-anomaly" }

    private var operation: String { Words.clean("\(anomaly.operation.service), \(anomaly.operation.name)", limit: 200) }

    /// `2.4 times as slow as usual: 24 ms instead of 10 ms`.
    private var difference: String {
        if let burn = anomaly.burn {
            return "spends its error budget \(NumberText.significant(anomaly.peak, digits: 2)) times too fast: "
                + "\(Quantity.count(burn.badRequests)) of \(Quantity.count(burn.requests)) requests failed in "
                + "\(burn.longMinutes) min, \(Quantity.percent(1 - burn.target)) are allowed"
        }
        let pair = "\(level(anomaly.peak)) instead of \(level(anomaly.usual))"
        guard anomaly.usual > 0, anomaly.peak > 0 else { return pair }
        let ratio = anomaly.peak / anomaly.usual
        return ratio >= 1
            ? "\(NumberText.significant(ratio, digits: 2)) times as slow as usual: \(pair)"
            : "\(NumberText.significant(1 / ratio, digits: 2)) times as fast as usual: \(pair)"
    }

    private func level(_ value: Double) -> String {
        anomaly.burn == nil
            ? Quantity.milliseconds(value) : "\(NumberText.significant(value, digits: 2)) × what is allowed"
    }

    private var signal: String {
        switch anomaly.signal {
        case .level: "single minutes stand out"
        case .drift: "a slow shift"
        case .burn: "failed requests"
        }
    }

    private var ending: String {
        switch anomaly.ending {
        case .back: "back at what is usual"
        case .usual: "it became the usual"
        case .unseen: "no more requests"
        case nil: ""
        }
    }

    private var length: String {
        let seconds = ((anomaly.until ?? now) - min(anomaly.until ?? now, anomaly.since)) / 1_000_000_000
        let text = seconds < 7_200 ? "\(seconds / 60) min" : "\(seconds / 3_600) h"
        return anomaly.until == nil ? "for \(text), and it lasts" : "for \(text)"
    }

    /// The episode's last hour at most, against as long a stretch before it.
    private var flamegraph: String {
        let hour: UInt64 = 3_600_000_000_000
        let end = anomaly.until ?? now
        let start = max(anomaly.since, end - min(end, hour))
        let length = max(end - min(end, start), TelemetryWindow.length)
        let before = anomaly.since - min(anomaly.since, length)
        return "/services?from=\(start)&to=\(end)&beforeFrom=\(before)&beforeTo=\(anomaly.since)"
    }
}

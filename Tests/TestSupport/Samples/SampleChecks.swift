package import Analysis
import Correlation
import Telemetry

/// Checks of simulated deploys, one a verdict: the same on every machine.
package enum SampleChecks {
    /// By name: `fine`, `anomalous`, `inconclusive`, `hostile`.
    package static let all: [(name: String, report: CheckReport)] = [
        ("fine", check(seed: 41) { _ in }),
        ("anomalous", anomalous),
        ("inconclusive", inconclusive),
        ("hostile", hostile),
    ]

    private static let start: UInt64 = 1_795_262_400_000_000_000

    private static let anomalous: CheckReport = {
        var report = check(seed: 42) { shop in
            if let place = shop.index(of: "POST /charge") { shop[place].milliseconds *= 1.4 }
            if let place = shop.index(of: "POST /charge") { shop[place].errorRate = 0.05 }
        }
        if !report.findings.isEmpty {
            report.findings[0].exemplarTraceIDs = [TraceID(high: 0x4BF9_2F35_77B3_4DA6, low: 0xA3CE_929D_0E0E_4736)]
        }
        return report
    }()

    private static let inconclusive: CheckReport = {
        var report = check(seed: 43, minutes: 6) { _ in }
        report.lookAgainAt = report.checkedAt + 9 * 60_000_000_000
        return report
    }()

    /// Names as an attacker would choose them.
    private static let hostile: CheckReport = {
        var report = anomalous
        let name = "<script>alert(1)</script>\u{202E}| [x](javascript:1) `@all` {{name}}"
        report.deploy.service = name
        report.deploy.version = name
        report.deploy.message = name
        report.summary = name
        report.reasons = [name]
        report.culprit = CulpritReference(service: name, operation: name)
        report.shown = report.culprit
        for index in report.findings.indices {
            report.findings[index].sentence = name
            report.findings[index].operation.name = name
        }
        for index in report.operations.indices { report.operations[index].operation.service = name }
        return report
    }()

    private static func check(
        seed: UInt64,
        minutes: Int = 18,
        fault: (inout [SyntheticOperation]) -> Void
    ) -> CheckReport {
        let shop = [SyntheticOperation].shop
        var faulty = shop
        fault(&faulty)
        let history = 40
        var traffic = SyntheticTraffic(
            start: start,
            minutes: history + minutes,
            services: Array(Set(shop.map(\.key.service))).sorted(),
            requestsPerSecond: 3,
            loadDeviation: 0.05,
            loadMemory: 0.9,
            seed: seed
        )
        let windows = (0..<(history + minutes)).map { minute in
            traffic.window(minute: minute, parts: [SyntheticTraffic.Part(minute < history ? shop : faulty)])
        }
        let deploy = DeployMarker(
            service: "payment",
            version: "1.4.2",
            at: start + UInt64(history) * TelemetryWindow.length,
            source: .declared,
            message: "Charges are retried"
        )
        return DeployCheck().report(
            on: deploy,
            windows: windows,
            deploys: [deploy],
            now: start + UInt64(history + minutes) * TelemetryWindow.length
        )
    }
}

import Correlation
import Telemetry

/// F40: the clocks of two hosts differ by more than can be overlooked; their spans have been put right.
package struct ClockSkewDetector: FindingDetector {
    package let kind = "clock_skew"
    var minimumNanoseconds: UInt64 = 1_000_000
    var notableNanoseconds: UInt64 = 100_000_000

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        guard let test = run.comparedTests.first(where: { $0.profile.traces > 0 }) else { return [] }
        return run.run.clocks.compactMap { clock in
            let size = clock.offsetNanoseconds.magnitude
            guard size > minimumNanoseconds + clock.uncertaintyNanoseconds else { return nil }
            let milliseconds = -Double(clock.offsetNanoseconds) / 1e6
            let from = clock.from.isEmpty ? "the load generator" : clock.from
            return test.finding(
                "F40",
                kind,
                culprit: CulpritReference(service: clock.to, operation: "clock"),
                key: "\(from) → \(clock.to)",
                severity: size > notableNanoseconds ? .medium : .info,
                confidence: clock.agreement,
                sentence: "the clock of \(clock.to) is \(Wording.milliseconds(abs(milliseconds))) "
                    + "\(milliseconds > 0 ? "ahead of" : "behind") that of \(from), give or take "
                    + Wording.milliseconds(Double(clock.uncertaintyNanoseconds) / 1e6),
                suggestion:
                    "Synchronise the clocks (chrony, NTP); Plimsoll has moved these spans, other tools show them "
                    + "out of order.",
                numbers: [
                    "offsetMs": milliseconds, "uncertaintyMs": Double(clock.uncertaintyNanoseconds) / 1e6,
                    "callsCount": Double(clock.calls), "agreementRatio": clock.agreement,
                ],
                exemplars: test.requestExemplars
            )
        }
    }
}

extension FindingDetector where Self == ClockSkewDetector {
    package static var clockSkew: Self { Self() }
}

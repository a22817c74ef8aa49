import Analysis
import TestSupport

extension CheckReport {
    /// A check ten minutes after a deploy, with one finding where it is anomalous.
    static func sample(of deploy: DeployMarker, verdict: Verdict) -> CheckReport {
        let minute: UInt64 = 60_000_000_000
        let finding = CheckFinding(
            id: "D1",
            signal: .tail,
            operation: SampleMinutes.orders,
            sentence: "POST /orders/{id} of orders takes twice as long",
            before: 60,
            after: 120,
            ratio: 2,
            confidence: 0.9,
            persistence: .lasting
        )
        return CheckReport(
            id: deploy.id,
            deploy: deploy,
            checkedAt: deploy.at + 10 * minute,
            before: (deploy.at - 30 * minute)..<deploy.at,
            after: deploy.at..<(deploy.at + 10 * minute),
            control: .siblings,
            placeboPairs: 24,
            verdict: verdict,
            confidence: 0.93,
            summary: verdict == .anomalous ? finding.sentence : "nothing became worse",
            findings: verdict == .anomalous ? [finding] : []
        )
    }
}

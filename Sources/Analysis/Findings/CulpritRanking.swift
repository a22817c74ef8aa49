import Correlation

/// Answers "who": operations ranked by the evidence against them.
///
/// Each finding is evidence against its culprit of the weight share × confidence × kind, where the share is that of
/// the slowdown it explains and, over several endpoints, counts as much as its endpoint has slowed down. Edges (F03)
/// are evidence against the strongest cause in the same service, if there is one: a busy service makes its callers
/// wait outside as well as inside. Shares are of time spent in the operation itself, so callers of a slow operation
/// carry no blame for it.
package struct CulpritRanking {
    /// Best first.
    ///
    /// Where an endpoint has a baseline only regressions count, so the list may be empty; without one, standing
    /// findings name bottlenecks, always after anything that regressed.
    /// Where the time before is known call by call, services are ranked by `SuspectRanking` instead.
    package static func rank(_ findings: [Finding], in run: ComparedRun) -> [Culprit] {
        guard let activity = run.activity else { return byFindings(findings, in: run) }
        let byFindings = byFindings(findings.filter { !restated.contains($0.id) }, in: run)
        var weights: [String: Double] = [:]
        // The offset that puts regressions first is no weight.
        for culprit in byFindings where culprit.score > 1 { weights[culprit.service, default: 0] += culprit.score - 1 }
        let ranking = SuspectRanking(
            before: activity.before,
            after: activity.after,
            resources: run.resources,
            findings: weights
        )
        return ranking.suspects.map { suspect in
            var ids: [String] = []
            for finding in findings where finding.culprit.service == suspect.service && finding.isRegression {
                if !ids.contains(finding.id) { ids.append(finding.id) }
            }
            return Culprit(
                service: suspect.service,
                operation: suspect.operation,
                score: suspect.score,
                confidence: suspect.confidence,
                share: suspect.latencyShare,
                findings: ids
            )
        }
    }

    /// Findings of what `SuspectRanking` measures itself.
    private static let restated: Set<String> = [
        "F01", "F02", "F03", "F04", "F05", "F09", "F10", "F11", "F14", "F15", "F25", "F36",
    ]

    private static func byFindings(_ findings: [Finding], in run: ComparedRun) -> [Culprit] {
        let ranking = CulpritRanking(run)
        let findings = FindingConsolidation.consolidate(findings).filter(ranking.counts)
        var suspects: [Suspect: Case] = [:]
        for finding in findings where finding.kind != FindingKind.edgeLatency {
            suspects[Suspect(finding.culprit), default: Case()].add(finding, ranking)
        }
        let causes = suspects
        for finding in findings where finding.kind == FindingKind.edgeLatency {
            let host = ranking.cause(of: finding, among: causes) ?? Suspect(finding.culprit)
            suspects[host, default: Case()].add(finding, ranking)
        }
        return
            suspects
            .map { suspect, evidence in evidence.culprit(suspect) }
            .sorted { ($0.score, $1.service, $1.operation) > ($1.score, $0.service, $0.operation) }
    }

    private struct Suspect: Hashable {
        var service: String
        var operation: String

        init(_ reference: CulpritReference) {
            service = reference.service
            operation = reference.operation
        }
    }

    /// The evidence against one suspect.
    private struct Case {
        var weight = 0.0
        var isRegression = false
        var endpoints: Set<String> = []
        var shares: [String: Double] = [:]
        var strongest = 0.0
        var confidence = 0.0
        var findings: [String] = []

        mutating func add(_ finding: Finding, _ ranking: CulpritRanking) {
            let share = CulpritRanking.share(of: finding)
            let own = share * finding.confidence * ranking.kindWeight(finding) * ranking.endpointWeight(finding)
            weight += own
            isRegression = isRegression || finding.isRegression
            endpoints.insert(finding.endpoint)
            shares[finding.endpoint, default: 0] += share
            if own > strongest || findings.isEmpty { (strongest, confidence) = (own, finding.confidence) }
            if !findings.contains(finding.id) { findings.append(finding.id) }
        }

        func culprit(_ suspect: Suspect) -> Culprit {
            Culprit(
                service: suspect.service,
                operation: suspect.operation,
                // The offset keeps every regression before every bottleneck that merely stands.
                score: isRegression ? 1 + weight : min(0.99, weight),
                confidence: confidence,
                share: min(1, shares.values.max() ?? 0),
                findings: findings
            )
        }
    }

    private let hasBaseline: Set<String>
    /// Share of all slowdown, in milliseconds of mean, that an endpoint has.
    private let slowdowns: [String: Double]

    private init(_ run: ComparedRun) {
        let tests = run.comparedTests
        hasBaseline = Set(tests.filter { $0.comparison != nil }.map(\.endpoint))
        let deltas = tests.map { ($0.endpoint, max(0, $0.comparison?.mean.delta ?? 0)) }
        let total = deltas.reduce(0) { $0 + $1.1 }
        slowdowns = Dictionary(
            deltas.map { ($0.0, total > 0 ? $0.1 / total : 1) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private func counts(_ finding: Finding) -> Bool {
        guard finding.confidence >= 0.5, CulpritRanking.weights[finding.id] != nil else { return false }
        return hasBaseline.contains(finding.endpoint)
            ? finding.isRegression : finding.kind != FindingKind.removedOperation
    }

    private func cause(of edge: Finding, among suspects: [Suspect: Case]) -> Suspect? {
        suspects
            .filter { $0.key.service == edge.culprit.service && $0.value.endpoints.contains(edge.endpoint) }
            .max { ($0.value.weight, $1.key.operation) < ($1.value.weight, $0.key.operation) }?
            .key
    }

    /// Of the slowdown if anything is known of it, else of the critical path; of the errors for an error hot spot.
    private static func share(of finding: Finding) -> Double {
        let numbers = finding.evidence.numbers
        let share =
            finding.evidence.explainedShare ?? numbers["criticalShareRatio"] ?? numbers["shareOfErrorsRatio"] ?? 0
        return min(1, max(0, share))
    }

    /// Causes before symptoms; what merely stands counts little.
    private func kindWeight(_ finding: Finding) -> Double {
        let weight = CulpritRanking.weights[finding.id] ?? 0
        return finding.isRegression ? weight : 0.25 * weight
    }

    /// How much each kind of finding says about who is to blame.
    ///
    /// Kinds that restate another finding, describe the population or question the measurement say nothing about it.
    private static let weights: [String: Double] = [
        "F13": 1.0, "F14": 1.0, "F12": 0.9, "F36": 0.9, "F09": 0.9, "F25": 0.9, "F26": 0.7, "F27": 0.8, "F28": 0.7,
        "F02": 0.8, "F03": 0.6, "F11": 0.3, "F34": 0.7, "F05": 0.5, "F10": 0.5, "F19": 0.7, "F20": 0.6, "F21": 0.5,
        "F22": 0.5, "F24": 0.4, "F31": 0.6, "F32": 0.7, "F18": 0.4, "F23": 0.3, "F35": 0.4, "F37": 0.4, "F15": 0.3,
        "F07": 0.3, "F39": 0.3, "F01": 0.5,
    ]

    private func endpointWeight(_ finding: Finding) -> Double {
        finding.evidence.explainedShare == nil ? 1 : slowdowns[finding.endpoint] ?? 1
    }
}

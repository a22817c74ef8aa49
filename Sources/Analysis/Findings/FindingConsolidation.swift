import Correlation

/// Merges findings that tell the same story, and orders what is left.
///
/// Of two findings the cause stays and the symptom goes:
/// - a repeated query that has grown (F13) covers the self time (F02) and the newness (F09) of that query's path;
/// - a new operation (F09) covers the self time (F02) and the edges (F03) of everything below it;
/// - of a new operation and a repeated query below it, the query stays if it explains four fifths of the other;
/// - whatever has regressed or repeats covers the dominance (F01), the new rank (F04) and the potential (F08) of the
///   same path;
/// - repeated calls (F13, F14) and retries (F24) cover the fan-out (F12) of the same call, and repeated calls the
///   sequence (F15) that they make;
/// - a new or removed operation (F09, F10) covers the new shape (F11) that begins with it.
package enum FindingConsolidation {
    /// Idempotent; the worst first, in a total order that does not depend on the order given.
    package static func consolidate(_ findings: [Finding]) -> [Finding] {
        findings
            .filter { finding in !findings.contains { covers($0, finding) } }
            .sorted { rank($0) < rank($1) }
    }

    private static func covers(_ cause: Finding, _ symptom: Finding) -> Bool {
        guard cause.endpoint == symptom.endpoint, !cause.path.isEmpty, cause.fingerprint != symptom.fingerprint else {
            return false
        }
        switch (cause.id, symptom.id) {
        case ("F13", "F02"), ("F13", "F09"):
            guard cause.isRegression else { return false }
            if isSameCall(cause.path, symptom.path) { return true }
            return symptom.id == "F09" && cause.path.starts(with: symptom.path)
                && (cause.evidence.explainedShare ?? 0) >= 0.8 * (symptom.evidence.explainedShare ?? .infinity)
        case ("F09", "F02"), ("F09", "F03"):
            return symptom.path.starts(with: cause.path)
        case ("F02", "F01"), ("F03", "F01"), ("F09", "F01"), ("F13", "F01"), ("F14", "F01"), ("F02", "F04"),
            ("F03", "F04"), ("F09", "F04"), ("F13", "F04"), ("F02", "F08"), ("F13", "F08"), ("F01", "F08"):
            return isSameCall(cause.path, symptom.path)
        case ("F13", "F12"), ("F14", "F12"), ("F24", "F12"):
            return isSameCall(cause.path, symptom.path)
        case ("F13", "F15"), ("F14", "F15"):
            return cause.path.dropLast() == symptom.path[...]
        case ("F09", "F11"), ("F10", "F11"), ("F09", "F12"), ("F13", "F11"):
            return symptom.path.starts(with: cause.path)
        default:
            return false
        }
    }

    /// The same operation called by the same operation; the way there may differ.
    private static func isSameCall(_ left: [PathFrame], _ right: [PathFrame]) -> Bool {
        left.suffix(2) == right.suffix(2)
    }

    private struct Rank: Comparable {
        var keys: [Double]
        var fingerprint: String

        static func < (left: Rank, right: Rank) -> Bool {
            for (l, r) in zip(left.keys, right.keys) where l != r { return l < r }
            return left.fingerprint < right.fingerprint
        }
    }

    private static func rank(_ finding: Finding) -> Rank {
        let isNotable = finding.isRegression && finding.severity >= .medium
        let severity = Severity.allCases.firstIndex(of: finding.severity) ?? 0
        let order = [any FindingDetector].standard.firstIndex { $0.kind == finding.kind } ?? .max
        let share = finding.evidence.explainedShare ?? finding.evidence.numbers["criticalShareRatio"] ?? 0
        return Rank(
            keys: [
                isNotable ? 0 : 1, -Double(severity), finding.isRegression ? 0 : 1, Double(order), -share,
                -finding.confidence,
            ],
            fingerprint: finding.fingerprint
        )
    }
}

import Correlation
import Statistics
import Telemetry

/// From everything that was compared to what is wrong: who is the cause, who only suffers, and what only moved.
struct CheckJudgement {
    private(set) var findings: [CheckFinding] = []
    private(set) var culprit: CulpritReference?
    /// Not enough to say so, too much to keep silent.
    private(set) var suspicions: [CheckCandidate] = []

    private let comparison: CheckComparison
    private let cap: Double

    init(
        _ comparison: CheckComparison,
        candidates: [CheckCandidate],
        structure: [StructureChange],
        burns: [BurnRate],
        cap: Double
    ) {
        self.comparison = comparison
        self.cap = cap
        let settings = comparison.settings
        let wrong = candidates.filter {
            $0.isPractical && $0.q <= settings.lookRate && min($0.confidence, cap) >= settings.minimumConfidence
        }
        let found = Set(wrong.map(\.operation))
        suspicions = candidates.filter {
            $0.isPractical && $0.persistence != .transient && !found.contains($0.operation)
                && ($0.q <= settings.falseDiscoveryRate || $0.confidence >= settings.minimumConfidence)
        }
        let causes = structure.filter { $0.role == .cause }
        let erring = Set(wrong.filter { $0.signal == .errorRate }.map(\.operation))
            .union(causes.filter { $0.signal == .newError }.map(\.operation))
        let shifted = costShifts(wrong, candidates)
        var ranked: [(finding: CheckFinding, rank: Double, operation: Int)] = []
        for candidate in wrong {
            let role = role(of: candidate, among: wrong, erring: erring, structure: causes, shifted: shifted)
            let finding = finding(candidate, role: role)
            ranked.append((finding, rank(finding, cost: candidate.cost), candidate.operation))
        }
        for change in structure {
            var finding = finding(change)
            if change.signal == .newError, isBelow(change.operation, erring) { finding.role = .impacted }
            ranked.append((finding, rank(finding, cost: 0), change.operation))
        }
        for burn in burns {
            let finding = finding(burn, isAlone: ranked.isEmpty)
            ranked.append((finding, rank(finding, cost: 0), burn.operation))
        }
        ranked.sort { ($1.rank, $0.finding.id) < ($0.rank, $1.finding.id) }
        findings = ranked.map(\.finding)
        for index in findings.indices { findings[index].id = "D\(index + 1)" }
        if let first = ranked.first(where: { $0.finding.isWrong }) { culprit = blame(first.operation, first.finding) }
    }

    // MARK: - Roles

    private func role(
        of candidate: CheckCandidate,
        among wrong: [CheckCandidate],
        erring: Set<Int>,
        structure: [StructureChange],
        shifted: Set<Int>
    ) -> CheckFinding.Role {
        switch candidate.signal {
        case .errorRate:
            if structure.contains(where: { $0.signal == .newError && $0.operation == candidate.operation }) {
                return .impacted
            }
            return isBelow(candidate.operation, erring) ? .impacted : .cause
        case .tail, .location:
            if shifted.contains(candidate.operation) { return .costShift }
            guard candidate.isWhole else { return .cause }
            // What its own callees cost more explains most of what the whole costs more.
            let below = comparison.scope.tree.reachable(from: candidate.operation).union([candidate.operation])
            let explained = wrong.filter {
                below.contains($0.operation) && ($0.operation != candidate.operation || !$0.isWhole)
            }
            let isExplained = explained.contains { $0.signal == .calls || $0.signal == .errorRate || $0.cost > 0 }
            return isExplained || !erring.isDisjoint(with: below) ? .impacted : .cause
        default:
            return .cause
        }
    }

    private func isBelow(_ operation: Int, _ operations: Set<Int>) -> Bool {
        !comparison.scope.tree.reachable(from: operation).isDisjoint(with: operations)
    }

    /// Slowdowns that others pay back: what is left of them after what others became faster by is nothing to a request.
    private func costShifts(_ wrong: [CheckCandidate], _ candidates: [CheckCandidate]) -> Set<Int> {
        let slower = wrong.filter { ($0.signal == .location || $0.signal == .tail) && !$0.isWhole && $0.cost > 0 }
        let loss = slower.reduce(0) { $0 + $1.cost }
        let gain = candidates.reduce(0) { sum, candidate in
            let isFaster = candidate.p >= 1 - CheckJudgement.gainLevel && !candidate.isWhole && candidate.cost < 0
            return isFaster ? sum - candidate.cost : sum
        }
        let floor = slower.map { comparison.floor($0.operation) }.min() ?? 0
        // How well either is known counts, too: what is left may be as little as this.
        let error = slower.reduce(0) { $0 + $1.costError * $1.costError }.squareRoot()
        let left = loss - gain - CheckJudgement.errorsOfDoubt * error
        let isPaidBack = loss > 0 && gain >= loss / 2 && left <= max(CheckJudgement.unpaidShare * loss, floor)
        return isPaidBack ? Set(slower.map(\.operation)) : []
    }

    private static let gainLevel = 0.005
    private static let unpaidShare = 0.2
    private static let errorsOfDoubt = 1.64

    // MARK: - Findings

    private func key(_ operation: Int) -> OperationKey { comparison.timeline.operations[operation] }

    private func finding(_ candidate: CheckCandidate, role: CheckFinding.Role) -> CheckFinding {
        CheckFinding(
            id: "\(candidate.signal.rawValue) \(key(candidate.operation).service) \(key(candidate.operation).name)",
            signal: candidate.signal,
            operation: key(candidate.operation),
            sentence: CheckWording.sentence(candidate, operation: key(candidate.operation)),
            before: candidate.before,
            after: candidate.after,
            ratio: candidate.ratio,
            interval: candidate.interval,
            q: candidate.q,
            confidence: min(candidate.confidence, cap),
            persistence: candidate.persistence,
            role: role
        )
    }

    private func finding(_ change: StructureChange) -> CheckFinding {
        CheckFinding(
            id: "\(change.signal.rawValue) \(key(change.operation).service) \(change.name)",
            signal: change.signal,
            operation: key(change.operation),
            sentence: CheckWording.sentence(change, operation: key(change.operation)),
            before: change.before,
            after: change.after,
            confidence: change.confidence,
            persistence: change.persistence,
            role: change.role
        )
    }

    private func finding(_ burn: BurnRate, isAlone: Bool) -> CheckFinding {
        CheckFinding(
            id: "burn \(key(burn.operation).service) \(key(burn.operation).name)",
            signal: .burnRate,
            operation: key(burn.operation),
            sentence: CheckWording.sentence(burn, operation: key(burn.operation)),
            before: burn.before,
            after: burn.after,
            ratio: burn.before > 0 ? burn.after / burn.before : nil,
            confidence: CheckJudgement.burnConfidence,
            persistence: .lasting,
            role: isAlone ? .cause : .impacted
        )
    }

    private static let burnConfidence = 0.9

    // Causes before what they cause; new errors and lost calls say more of a version than a slower minute.
    private func rank(_ finding: CheckFinding, cost: Double) -> Double {
        let kind: Double =
            switch finding.signal {
            case .newError: 5
            case .vanished: 4
            case .calls: 3
            case .errorRate: 2
            case .tail, .location: 1
            case .burnRate: 0
            }
        let role: Double = finding.isWrong ? 2 : finding.role == .impacted && finding.persistence != .transient ? 1 : 0
        let sureness = (finding.confidence * 5).rounded(.down)
        return role * 1e6 + sureness * 1e4 + kind * 1e3 + min(max(cost, 0), 900)
    }

    /// Time that a client span spends waiting belongs to whom it waits for.
    private func blame(_ operation: Int, _ finding: CheckFinding) -> CulpritReference {
        let tree = comparison.scope.tree
        var named = operation
        let isWaiting = finding.signal == .location || finding.signal == .tail
        if isWaiting, !comparison.scope.own.contains(operation),
            let callee = tree.callees[operation].first(where: { comparison.scope.own.contains($0) })
        {
            named = callee
        }
        // Where only the whole became slower, an operation that was not there before is the likeliest reason.
        if isWaiting, tree.callers[operation].isEmpty, let added = addedOperation { named = added }
        return CulpritReference(service: key(named).service, operation: key(named).name)
    }

    private var addedOperation: Int? {
        comparison.scope.own
            .filter { comparison.before[$0].count == 0 && comparison.after[$0].count > 0 }
            .max { comparison.after[$0].own.sum < comparison.after[$1].own.sum }
    }
}

extension CheckFinding {
    /// Whether it makes the deploy anomalous.
    package var isWrong: Bool { role == .cause && persistence != .transient }
}

import Correlation
import Statistics
import Telemetry

/// F13: one span issues the same query many times, one after another, where one query would do.
///
/// The operation that issues them is to blame, not the database.
package struct RepeatedQueryDetector: FindingDetector {
    package let kind = FindingKind.repeatedQuery
    var rule = RepeatedQueries.Rule()
    /// Least share and number of the endpoint's complete traces.
    var minimumShare = 0.20
    var minimumTraces = 5
    /// From when on the calls per request count as more than before (the rule of F12).
    var growthRatio = 1.5
    var growthCalls = 2.0
    /// Least coefficient of variation of the count to call it N+1; a constant count is merely chatty.
    var variation = 0.2

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        run.comparedTests.flatMap { test in
            let complete = test.test.traces.count { $0.state == .complete }
            let repeated = RepeatedQueries(test.test, spans: run.run.spans, rule: rule)
            return repeated.occurrences
                .filter {
                    $0.value.count >= minimumTraces && Double($0.value.count) >= minimumShare * Double(complete)
                }
                .map { key, occurrences in
                    Group(key, occurrences: occurrences, vocabulary: run.run.vocabulary, test: test)
                }
                .sorted { $0.order < $1.order }
                .map { finding($0, complete: complete, in: test) }
        }
    }

    /// One repeated query of one endpoint, over all traces.
    private struct Group {
        var parent: OperationKey
        var query: OperationKey
        var statement: String
        var occurrences: [RepeatedQueries.Occurrence]
        /// The paths that issue it, most critical time first.
        var paths: [Int]

        init(
            _ key: RepeatedQueries.Key,
            occurrences: [RepeatedQueries.Occurrence],
            vocabulary: Vocabulary,
            test: ComparedTest
        ) {
            let parent = vocabulary.operation(key.parent)
            let query = vocabulary.operation(key.query)
            self.parent = parent
            self.query = query
            self.occurrences = occurrences
            statement = vocabulary.string(key.statement)
            paths = test.profile.paths.indices
                .filter { index in
                    let path = test.profile.paths[index]
                    guard path.frame.synthetic == nil, path.frame.operation == query, let above = path.parent else {
                        return false
                    }
                    return test.profile.paths[above].frame.operation == parent
                }
                .sorted { test.criticalMilliseconds(of: $0) > test.criticalMilliseconds(of: $1) }
        }

        var order: String { "\(parent.service)\u{0}\(parent.name)\u{0}\(statement)\u{0}\(query.name)" }

        var counts: [Double] { occurrences.map { Double($0.count) } }
        var medianCount: Double { RobustScale.median(counts) ?? 0 }

        /// The trace whose count is nearest to the median, and the one that lost most time.
        var exemplars: (typical: TraceID?, worst: TraceID?) {
            let median = medianCount
            let typical = occurrences.min { abs(Double($0.count) - median) < abs(Double($1.count) - median) }
            let worst = occurrences.max { $0.totalNanoseconds < $1.totalNanoseconds }
            return (typical?.trace, worst?.trace)
        }
    }

    private func finding(_ group: Group, complete: Int, in test: ComparedTest) -> Finding {
        let changes = group.paths.compactMap { test.change(of: $0) }
        let callsBefore = changes.isEmpty ? nil : changes.reduce(0) { $0 + $1.callsBefore }
        let callsAfter = group.paths.reduce(0) { $0 + test.calls(of: $1) }
        let hasGrown =
            callsBefore.map { callsAfter >= growthRatio * $0 && callsAfter - $0 >= growthCalls } ?? false
        let gapDelta = hasGrown ? gapDelta(of: group, complete: complete, in: test) : 0
        let delta = changes.reduce(gapDelta) { $0 + $1.critical.delta }
        let shares = changes.compactMap(\.explainedShare)
        let slowdown = test.comparison?.mean.delta ?? 0
        let gapShare = slowdown > 0 ? gapDelta / slowdown : 0
        let explained = hasGrown && !shares.isEmpty ? shares.reduce(gapShare, +) : nil
        let criticalShare = group.paths.reduce(0) { $0 + test.criticalShare(of: $1) }
        let critical = group.paths.reduce(0) { $0 + test.criticalMilliseconds(of: $1) }
        let confidence = confidence(of: group, hasGrown: hasGrown)
        let stack = group.paths.first.map { test.profile.stack(to: $0) } ?? []
        let count = Double(group.occurrences.count)
        let total = group.occurrences.reduce(0.0) { $0 + Double($1.totalNanoseconds) } / count / 1e6
        let saved = group.occurrences.reduce(0.0) { $0 + Double($1.savedNanoseconds) } / count / 1e6
        var numbers = [
            "medianCount": group.medianCount,
            "maximumCount": group.counts.max() ?? 0,
            "affectedTracesRatio": count / Double(max(1, complete)),
            "totalMs": total,
            "savedMs": saved,
            "criticalMs": critical,
            "criticalShareRatio": criticalShare,
            "callsAfter": callsAfter,
        ]
        if let callsBefore {
            numbers["callsBefore"] = callsBefore
            numbers["criticalDeltaMs"] = delta
            numbers["gapDeltaMs"] = gapDelta
        }
        return Finding(
            id: "F13",
            kind: kind,
            fingerprint: Fingerprint.make(
                kind: kind,
                endpoint: test.endpoint,
                path: stack,
                key: "\(Wording.operation(group.parent)) | \(group.statement)"
            ),
            severity: severity(
                delta: hasGrown ? delta : nil,
                explained: explained,
                criticalShare: criticalShare,
                confidence: confidence,
                in: test
            ),
            confidence: confidence,
            culprit: CulpritReference(
                service: group.parent.service,
                operation: group.parent.name,
                attribute: group.statement
            ),
            endpoint: test.endpoint,
            sentence: "\(Wording.operation(group.parent)) runs \(group.query.name) "
                + "\(Wording.number(group.medianCount)) times a request"
                + (callsBefore.map { " (before: \(Wording.number($0)))" } ?? "") + ": "
                + effect(explained, hasGrown ? delta : nil, criticalShare, critical, in: test)
                + (gapDelta >= 0.1 * delta && hasGrown ? ", the time between the calls included" : ""),
            suggestion: "Fetch all rows with one query (a join or IN): it would save about "
                + "\(Wording.milliseconds(saved)) of each affected request.",
            evidence: Evidence(
                numbers: numbers,
                typicalTraceID: group.exemplars.typical,
                worstTraceID: group.exemplars.worst,
                baselineTraceID: baselineTrace(changes, in: test),
                baselineTraces: test.comparison?.baselineProfile.traces ?? 0,
                currentTraces: test.profile.traces,
                explainedShare: explained
            ),
            path: stack,
            isRegression: hasGrown
        )
    }

    /// What the loop adds to the issuer's own time on the critical path, milliseconds per request.
    ///
    /// It is the gaps between the calls, and never more than that time has grown.
    private func gapDelta(of group: Group, complete: Int, in test: ComparedTest) -> Double {
        let issuers = Set(group.paths.compactMap { test.profile.paths[$0].parent })
        let grown = issuers.reduce(0.0) { $0 + max(0, test.change(of: $1)?.critical.delta ?? 0) }
        let gaps = group.occurrences.reduce(0.0) { $0 + Double($1.gapNanoseconds) } / Double(max(1, complete)) / 1e6
        return min(grown, gaps)
    }

    private func effect(
        _ explained: Double?,
        _ delta: Double?,
        _ criticalShare: Double,
        _ critical: Double,
        in test: ComparedTest
    ) -> String {
        guard let delta else {
            return "\(Wording.percent(criticalShare)) of the critical path of \(test.endpoint), "
                + Wording.milliseconds(critical)
        }
        let change = "\(Wording.change(delta)) on the critical path"
        return Wording.explained(explained, of: test.endpoint).map { "\($0), \(change)" }
            ?? "\(change) of \(test.endpoint)"
    }

    /// A count that is higher than in the baseline needs no statistics; otherwise a count that varies, or a query
    /// before that may have given the ids, tells N+1 from a fixed set of calls.
    private func confidence(of group: Group, hasGrown: Bool) -> Double {
        if hasGrown { return 0.95 }
        let counts = group.counts
        let mean = counts.reduce(0, +) / Double(counts.count)
        let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(counts.count)
        let varies = variance.squareRoot() >= variation * mean
        let hasSource = 2 * group.occurrences.count { $0.hasSource } > group.occurrences.count
        return varies || hasSource ? 0.9 : 0.7
    }

    private func severity(
        delta: Double?,
        explained: Double?,
        criticalShare: Double,
        confidence: Double,
        in test: ComparedTest
    ) -> Severity {
        if let delta {
            return SeverityRule.regression(delta: delta, explainedShare: explained, confidence: confidence, in: test)
        }
        let standing = SeverityRule.severity(
            share: criticalShare,
            confidence: confidence,
            coverage: test.test.completeness.coverage
        )
        // What the baseline had as well is a defect, but not what broke now.
        return test.comparison == nil ? standing : min(standing, .medium)
    }

    private func baselineTrace(_ changes: [PathComparison], in test: ComparedTest) -> TraceID? {
        guard let before = test.comparison?.baselineProfile else { return nil }
        return changes.compactMap { $0.baseline.flatMap { before.paths[$0].typicalTraceID } }.first
            ?? before.paths.first?.typicalTraceID
    }
}

extension FindingDetector where Self == RepeatedQueryDetector {
    package static var repeatedQuery: Self { Self() }
}

import Correlation
import Statistics
import Telemetry

/// F36: an operation in which errors arise, not one that passes them on.
package struct ErrorHotSpotDetector: FindingDetector {
    package let kind = "error_hot_spot"
    var minimumErrors = 5
    /// Least increase of the share of calls that fail, and least share without an increase.
    var minimumIncrease = 0.01
    var minimumShare = 0.01
    var falseDiscoveryRate = 0.05
    /// Where an endpoint fails more often than this, severity counts the share of its failures
    /// (the default error limit of `spec/contract.md`).
    var failureLimit = 0.01

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        let tests = run.comparedTests
        let spots = tests.enumerated().flatMap { index, test in self.spots(in: test).map { (test: index, spot: $0) } }
        // One family over the whole run, as for latencies.
        let qValues = MultipleTesting.benjaminiHochberg(spots.map { $0.spot.pValue ?? 1 })
        return zip(spots, qValues).compactMap { entry, q in finding(entry.spot, q: q, in: tests[entry.test]) }
    }

    private struct Spot {
        var operation: OperationKey
        var errorType: String
        var errors: Int
        var calls: Int
        var errorsBefore = 0
        /// 0 without a baseline of that operation.
        var callsBefore = 0
        /// The path with most of the errors.
        var path: Int

        var share: Double { calls == 0 ? 0 : min(1, Double(errors) / Double(calls)) }
        var shareBefore: Double? { callsBefore == 0 ? nil : min(1, Double(errorsBefore) / Double(callsBefore)) }

        var pValue: Double? {
            guard callsBefore > 0, calls > 0 else { return nil }
            return ProportionTest(
                before: UInt64(min(errorsBefore, callsBefore)),
                of: UInt64(callsBefore),
                after: UInt64(min(errors, calls)),
                of: UInt64(calls)
            ).p
        }
    }

    private struct Key: Hashable, Comparable {
        var operation: OperationKey
        var errorType: String

        static func < (left: Key, right: Key) -> Bool {
            (left.operation, left.errorType) < (right.operation, right.errorType)
        }
    }

    private func spots(in test: ComparedTest) -> [Spot] {
        let now = origins(in: test.profile)
        let before = (test.comparison?.baselineProfile).map { origins(in: $0) } ?? [:]
        let callsBefore = (test.comparison?.baselineProfile).map { calls(in: $0) } ?? [:]
        let callsNow = calls(in: test.profile)
        return now.keys.sorted().compactMap { key in
            guard let origin = now[key], origin.errors >= minimumErrors else { return nil }
            return Spot(
                operation: key.operation,
                errorType: key.errorType,
                errors: origin.errors,
                calls: callsNow[key.operation] ?? 0,
                errorsBefore: before[key]?.errors ?? 0,
                callsBefore: callsBefore[key.operation] ?? 0,
                path: origin.path
            )
        }
    }

    private func origins(in profile: EndpointProfile) -> [Key: (errors: Int, path: Int, most: Int)] {
        var result: [Key: (errors: Int, path: Int, most: Int)] = [:]
        for (index, path) in profile.paths.enumerated() where path.frame.synthetic == nil {
            for (errorType, count) in path.originErrors {
                let key = Key(operation: path.frame.operation, errorType: errorType)
                var entry = result[key] ?? (0, index, 0)
                entry.errors += count
                if count > entry.most { (entry.path, entry.most) = (index, count) }
                result[key] = entry
            }
        }
        return result
    }

    private func calls(in profile: EndpointProfile) -> [OperationKey: Int] {
        profile.paths.reduce(into: [:]) { sums, path in
            if path.frame.synthetic == nil { sums[path.frame.operation, default: 0] += path.calls }
        }
    }

    private func finding(_ spot: Spot, q: Double, in test: ComparedTest) -> Finding? {
        let increase = spot.shareBefore.map { spot.share - $0 }
        let hasGrown = (increase ?? 0) >= minimumIncrease && q <= falseDiscoveryRate
        guard hasGrown || spot.share >= minimumShare else { return nil }
        let path = test.profile.paths[spot.path]
        let stack = test.profile.stack(to: spot.path)
        let allOrigins = test.profile.paths.reduce(0) { $0 + $1.originErrors.values.reduce(0, +) }
        let shareOfErrors = Double(spot.errors) / Double(max(1, allOrigins))
        let failureRate = test.test.load.ledger.errorRate
        let perRequest = min(1, Double(spot.errors) / Double(max(1, test.profile.traces)))
        let confidence = hasGrown ? min(0.99, 1 - q) : 0.9
        let severity = SeverityRule.severity(
            share: failureRate > failureLimit ? shareOfErrors : perRequest,
            confidence: confidence,
            coverage: test.test.completeness.coverage
        )
        var numbers = [
            "errorCount": Double(spot.errors),
            "errorRatio": spot.share,
            "errorsPerRequest": perRequest,
            "shareOfErrorsRatio": shareOfErrors,
            "failedRequestsRatio": failureRate,
        ]
        if let before = spot.shareBefore {
            numbers["errorBeforeRatio"] = before
            numbers["qValue"] = q
        }
        let cause = spot.errorType.isEmpty ? "fails" : "fails with \(spot.errorType)"
        return Finding(
            id: "F36",
            kind: kind,
            fingerprint: Fingerprint.make(kind: kind, endpoint: test.endpoint, path: stack, key: spot.errorType),
            severity: hasGrown || test.comparison == nil ? severity : min(severity, .medium),
            confidence: confidence,
            culprit: CulpritReference(
                service: spot.operation.service,
                operation: spot.operation.name,
                attribute: spot.errorType.isEmpty ? nil : spot.errorType
            ),
            endpoint: test.endpoint,
            sentence: "\(Wording.operation(spot.operation)) \(cause) in \(Wording.percent(spot.share)) of its calls"
                + (spot.shareBefore.map { " (before: \(Wording.percent($0)))" } ?? "")
                + ": \(Wording.percent(shareOfErrors)) of the errors that arise on \(test.endpoint)",
            suggestion: "Start from the exemplar trace: the error arises in this operation and in none below it.",
            evidence: Evidence(
                numbers: numbers,
                typicalTraceID: path.typicalTraceID,
                worstTraceID: path.worstTraceID,
                baselineTraces: test.comparison?.baselineProfile.traces ?? 0,
                currentTraces: test.profile.traces
            ),
            path: stack,
            isRegression: hasGrown
        )
    }
}

extension FindingDetector where Self == ErrorHotSpotDetector {
    package static var errorHotSpot: Self { Self() }
}

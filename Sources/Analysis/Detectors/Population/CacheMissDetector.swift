import Correlation
import Statistics
import Telemetry

/// F34: a cache is hit less often than before.
///
/// A miss is a cache call that another client call of the same caller follows; where spans say `cache.hit` that counts.
package struct CacheMissDetector: FindingDetector {
    package let kind = "cache_misses"
    var minimumShift = 0.10
    var minimumCalls = 100
    var falseDiscoveryRate = 0.05
    /// Words by which a call to a cache is known, in lower case.
    var cacheWords = ["cache", "redis", "memcache", "valkey"]

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        let found = run.comparedTests.flatMap(candidates)
        let qValues = MultipleTesting.benjaminiHochberg(found.map(\.p))
        return zip(found, qValues).compactMap { candidate, q in
            q <= falseDiscoveryRate ? finding(candidate, q: q) : nil
        }
    }

    private struct Candidate {
        var test: ComparedTest
        var cache: Int
        /// What is called on a miss.
        var fallback: Int
        var missesBefore: Double
        var misses: Double
        var p: Double
    }

    /// From the profiles alone: how often the call behind the cache is made for each call to the cache.
    private func candidates(in test: ComparedTest) -> [Candidate] {
        guard let before = test.comparison?.baselineProfile else { return [] }
        return test.profile.paths.indices.flatMap { cache -> [Candidate] in
            guard isCache(test.profile.paths[cache]), let parent = test.profile.paths[cache].parent,
                let cacheBefore = test.change(of: cache)?.baseline
            else { return [] }
            return test.profile.paths.indices.compactMap { index in
                let path = test.profile.paths[index]
                guard index != cache, path.parent == parent, path.frame.operation.kind == .client, !isCache(path),
                    path.startOffsetNanoseconds / UInt64(max(1, path.calls))
                        > test.profile.paths[cache].startOffsetNanoseconds
                        / UInt64(max(1, test.profile.paths[cache].calls))
                else { return nil }
                let earlier = test.change(of: index)?.baseline.map { before.paths[$0].calls } ?? 0
                let (calls, callsBefore) = (test.profile.paths[cache].calls, before.paths[cacheBefore].calls)
                guard calls >= minimumCalls, callsBefore >= minimumCalls else { return nil }
                let (misses, missesBefore) = (min(path.calls, calls), min(earlier, callsBefore))
                let (now, then) = (Double(misses) / Double(calls), Double(missesBefore) / Double(callsBefore))
                guard now - then >= minimumShift else { return nil }
                let p =
                    ProportionTest(
                        before: UInt64(missesBefore),
                        of: UInt64(callsBefore),
                        after: UInt64(misses),
                        of: UInt64(calls)
                    ).p
                return Candidate(test: test, cache: cache, fallback: index, missesBefore: then, misses: now, p: p)
            }
        }
    }

    private func isCache(_ path: PathProfile) -> Bool {
        guard path.frame.synthetic == nil, path.frame.operation.kind == .client else { return false }
        let name = path.frame.operation.name.lowercased()
        return cacheWords.contains { name.contains($0) }
    }

    private func finding(_ candidate: Candidate, q: Double) -> Finding {
        let test = candidate.test
        let (cache, fallback) = (test.profile.paths[candidate.cache], test.profile.paths[candidate.fallback])
        let change = test.change(of: candidate.fallback)
        let explained = change?.explainedShare
        let delta = max(0, change?.critical.delta ?? 0)
        let confidence = 0.9
        return test.finding(
            "F34",
            kind,
            culprit: CulpritReference(cache.frame.operation),
            path: test.profile.stack(to: candidate.cache),
            severity: SeverityRule.regression(
                delta: delta,
                explainedShare: explained,
                confidence: confidence,
                in: test
            ),
            confidence: confidence,
            sentence:
                "\(Wording.operation(cache.frame.operation)) misses in \(Wording.percent(candidate.misses)) of calls "
                + "(before: \(Wording.percent(candidate.missesBefore))), and \(fallback.frame.operation.name) follows each "
                + "time: \(Wording.change(delta)) on \(test.endpoint)",
            suggestion: "Look at evictions, expiry and whether the keys have changed; a cold cache passes by itself.",
            numbers: [
                "missRatio": candidate.misses, "missBeforeRatio": candidate.missesBefore, "qValue": q,
                "criticalDeltaMs": delta, "criticalShareRatio": test.criticalShare(of: candidate.fallback),
            ],
            exemplars: Exemplars(typical: fallback.typicalTraceID, worst: fallback.worstTraceID),
            explained: explained,
            isRegression: true
        )
    }
}

extension FindingDetector where Self == CacheMissDetector {
    package static var cacheMiss: Self { Self() }
}

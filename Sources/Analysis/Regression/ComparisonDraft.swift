import Correlation
import Statistics
import Telemetry

/// One endpoint on its way through a comparison: measured, tested, then decided once all endpoints are tested.
struct ComparisonDraft: HypothesisSource {
    private struct PathDraft {
        var stack: [PathFrame]
        var current: Int?
        var baseline: Int?
        var series: PathSeries?
        var change: MeanChange
        var tail: TailShift?
        var callsBefore: Double
        var callsAfter: Double
    }

    private let test: CorrelatedTest
    private let baselines: [BaselineRun]
    private let comparability: Comparability
    private let baselineProfile: EndpointProfile
    private let series: EndpointSeries
    private let levels: LatencyLevels
    private let settings: ComparisonSettings
    private var latency: LatencyChange?
    private var mean: MeanChange
    private var paths: [PathDraft]

    /// Measures; `nil` without a baseline.
    init?(_ test: CorrelatedTest, baselines all: [BaselineRun], environment: String, settings: ComparisonSettings) {
        guard !all.isEmpty else { return nil }
        let same = all.filter { $0.environment == environment }
        self.test = test
        self.settings = settings
        baselines = same.isEmpty ? all : same
        comparability = Comparability(
            test,
            baselines: baselines,
            hasOtherEnvironment: same.isEmpty,
            settings: settings
        )
        baselineProfile = EndpointProfile.merged(baselines.map(\.profile), endpoint: test.name)
        series = EndpointSeries(test, baselines: baselines, settings: settings)
        levels = LatencyLevels(test, baselines: baselines)
        let before = baselineProfile.duration.mean / 1e6
        mean = MeanChange(
            before: before,
            after: test.profile.duration.mean / 1e6,
            gate: max(settings.floorMilliseconds, (settings.locationRatio - 1) * before),
            offset: 0,
            test: nil,
            baselineRuns: baselines.count
        )
        paths = ComparisonDraft.paths(test.profile, baselines.map(\.profile), baselineProfile, settings)
    }

    func contribute(to floors: inout NoiseFloors) {
        guard comparability.latency == nil else { return }
        if let location = series.location { floors.location.add(location) }
        if let tail = series.tail { floors.tail.add(tail) }
        guard comparability.paths == nil else { return }
        if let mean = series.mean { floors.mean.add(mean) }
        for path in paths { if let series = path.series { floors.path.add(series.series) } }
    }

    mutating func hypotheses(floors: inout NoiseFloors) -> [Hypothesis] {
        if comparability.latency == nil {
            latency = LatencyChange(series, levels: levels, baselineRuns: baselines.count, floors: &floors)
        }
        if comparability.paths == nil {
            let tested = series.mean.map { $0.test(floor: floors.mean.level(for: $0)) }
            mean.test = tested
            mean.hypothesis = tested.map { Hypothesis($0) }
            for index in paths.indices {
                guard let series = paths[index].series?.series else { continue }
                let tested = series.test(floor: floors.path.level(for: series))
                paths[index].change.test = tested
                paths[index].change.hypothesis = Hypothesis(tested)
            }
        }
        return ([latency?.hypothesis, mean.hypothesis] + paths.map(\.change.hypothesis)).compactMap { $0 }
    }

    mutating func accept(_ hypotheses: some Sequence<Hypothesis>) {
        var next = hypotheses.makeIterator()
        if latency?.hypothesis != nil { latency?.hypothesis = next.next() }
        if mean.hypothesis != nil { mean.hypothesis = next.next() }
        for index in paths.indices where paths[index].change.hypothesis != nil {
            paths[index].change.hypothesis = next.next()
        }
    }

    func comparison() -> EndpointComparison {
        let newest = baselines[0]
        let estimate = mean.estimate(settings: settings, isComparable: comparability.paths == nil)
        let unknown = ChangeEstimate(before: levels.p95Before, after: levels.p95After, decision: .inconclusive)
        // Shares of a change too small to matter would be noise divided by noise.
        let slowdown = max(settings.floorMilliseconds, settings.floorShare * estimate.before)
        let hasSlowedDown = comparability.paths == nil && estimate.delta >= slowdown
        return EndpointComparison(
            endpoint: test.name,
            baselineRunIDs: baselines.map(\.runID),
            baselineProfile: baselineProfile,
            p95: latency?.estimate(settings: settings) ?? unknown,
            mean: estimate,
            baselineErrorRate: baselines.reduce(0) { $0 + $1.errorRate } / Double(baselines.count),
            baselineScore: newest.score,
            baselineStatus: newest.status,
            paths: paths.map { path in
                let critical = path.change.estimate(settings: settings, isComparable: comparability.paths == nil)
                return PathComparison(
                    stack: path.stack,
                    current: path.current,
                    baseline: path.baseline,
                    critical: critical,
                    tail: path.tail,
                    callsBefore: path.callsBefore,
                    callsAfter: path.callsAfter,
                    explainedShare: hasSlowedDown ? critical.delta / estimate.delta : nil
                )
            },
            notComparable: comparability.paths
        )
    }
}

extension ComparisonDraft {
    private static func paths(
        _ current: EndpointProfile,
        _ baselines: [EndpointProfile],
        _ merged: EndpointProfile,
        _ settings: ComparisonSettings
    ) -> [PathDraft] {
        // Merging one profile alone folds siblings with the same frame, so that a stack is one path on either side.
        let now = EndpointProfile.merged([current], endpoint: current.endpoint)
        var tree = PathTree()
        let original = tree.insert(current)
        let columns =
            [now, merged]
            + baselines.filter { $0.traces > 0 }.map { EndpointProfile.merged([$0], endpoint: $0.endpoint) }
        let nodes = columns.map { tree.insert($0) }
        let indices = nodes.map { column in
            Dictionary(column.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        }
        let firstOriginal = Dictionary(
            original.enumerated().map { ($0.element, $0.offset) },
            uniquingKeysWith: { first, _ in first }
        )
        let endpoint = merged.duration.mean
        return (0..<tree.count).map { node in
            func path(_ column: Int) -> PathProfile? { indices[column][node].map { columns[column].paths[$0] } }
            let measured = PathSeries(
                current: path(0),
                traces: now.traces,
                baselines: columns.indices.dropFirst(2).map { (path($0), columns[$0].traces) },
                offset: max(10_000, 0.01 * endpoint)
            )
            let before = measured.before / 1e6
            let after = measured.after / 1e6
            let floor = max(settings.floorMilliseconds, settings.floorShare * endpoint / 1e6)
            let isWorthTesting = max(before, after) >= floor
            return PathDraft(
                stack: stack(to: node, in: tree),
                current: firstOriginal[node],
                baseline: indices[1][node],
                series: isWorthTesting && columns.count > 2 ? measured : nil,
                change: MeanChange(
                    before: before,
                    after: after,
                    gate: max(floor, settings.pathShare * before),
                    offset: measured.offset / 1e6,
                    test: nil,
                    baselineRuns: columns.count - 2
                ),
                tail: TailShift(of: (path(1), path(0)), in: (merged, now)),
                callsBefore: Double(path(1)?.calls ?? 0) / Double(max(1, merged.traces)),
                callsAfter: Double(path(0)?.calls ?? 0) / Double(max(1, now.traces))
            )
        }
    }

    private static func stack(to node: Int, in tree: PathTree) -> [PathFrame] {
        var frames: [PathFrame] = []
        var next: Int? = node
        while let current = next {
            frames.append(tree.frames[current])
            next = tree.parents[current]
        }
        return frames.reversed()
    }
}

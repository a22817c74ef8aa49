import Analysis
import Correlation
import Telemetry

/// The frames of one endpoint, parents before children.
struct FlamegraphTree {
    private(set) var frames: [FlamegraphFrame] = []
    /// What a whole number of folded stacks stands for: microseconds of a millisecond.
    private(set) var unitsPerFolded = 1000.0
    /// Whether the first frame only holds the others together.
    private(set) var hasMadeUpRoot = false

    /// Mean critical-path time per request: what all frames sum to.
    var total: Double { frames.reduce(0) { $0 + $1.own } }

    /// Whether any frame changed for sure.
    var hasSignificance: Bool { frames.contains { $0.before?.isSignificant ?? false } }

    var totalBefore: Double { frames.reduce(0) { $0 + ($1.before?.own ?? 0) } }

    /// With a comparison the union of the profile and its baseline.
    init(
        _ profile: EndpointProfile,
        against comparison: EndpointComparison? = nil,
        weighing: FlamegraphWeighing = .critical
    ) {
        var places: [Place: Int] = [:]
        let now = add(profile, to: &places) { frame, path, traces in
            frame.own += weighing.milliseconds(of: path, in: profile)
            frame.calls += Double(path.calls) / traces
            frame.presence = min(1, frame.presence + Double(path.traces) / traces)
            frame.exemplar = frame.exemplar ?? path.typicalTraceID
            frame.p50 = QuantileEstimate(0.5, of: path.critical)?.value
            frame.p95 = QuantileEstimate(0.95, of: path.critical)?.value
            frame.errorShare = path.calls > 0 ? Double(path.errors) / Double(path.calls) : 0
        }
        if let comparison {
            for index in frames.indices { frames[index].before = FlamegraphFrame.Before() }
            let then = add(comparison.baselineProfile, to: &places) { frame, path, traces in
                var before = frame.before ?? FlamegraphFrame.Before()
                before.own += Double(path.criticalNanoseconds) / traces / 1e6
                before.calls += Double(path.calls) / traces
                frame.before = before
            }
            markSignificant(comparison, now: now, then: then)
        }
        sumUp()
    }

    /// The stacks of a profiler, with a baseline scaled to the same total.
    ///
    /// A change is significant beyond 3.5 standard errors of two Poisson counts: one in 2,000 frames by chance.
    init(_ profile: StackProfile, before: StackProfile? = nil) {
        unitsPerFolded = 1
        hasMadeUpRoot = true
        var root = FlamegraphFrame(label: "all", service: "", kind: .operation, parent: nil)
        root.before = before.map { _ in FlamegraphFrame.Before() }
        frames = [root]
        var children: [StackPlace: Int] = [:]
        let scale = before.map { $0.total > 0 ? profile.total / $0.total : 1 } ?? 1
        add(profile, to: &children, hasBaseline: before != nil) { $0.own += $1 }
        if let before {
            add(before, to: &children, hasBaseline: true) { frame, weight in
                frame.before?.own += weight * scale
            }
            for index in frames.indices {
                let (now, then) = (frames[index].own, frames[index].before?.own ?? 0)
                let error = (now + then * scale).squareRoot()
                frames[index].before?.isSignificant = error > 0 && (now - then).magnitude > 3.5 * error
            }
        }
        sumUp()
    }

    private struct StackPlace: Hashable {
        var parent: Int
        var name: String
        var module: String
    }

    private mutating func add(
        _ profile: StackProfile,
        to children: inout [StackPlace: Int],
        hasBaseline: Bool,
        count: (inout FlamegraphFrame, Double) -> Void
    ) {
        for stack in profile.stacks {
            var parent = 0
            for number in stack.frames {
                let frame = profile.frames[Int(number)]
                let place = StackPlace(parent: parent, name: frame.name, module: frame.module)
                if let known = children[place] {
                    parent = known
                    continue
                }
                var new = FlamegraphFrame(
                    label: PlainText.clean(frame.name, limit: 160),
                    service: PlainText.clean(frame.module, limit: 80),
                    kind: frame.module.isEmpty ? .plain : .operation,
                    parent: parent
                )
                new.depth = frames[parent].depth + 1
                if hasBaseline { new.before = FlamegraphFrame.Before() }
                children[place] = frames.count
                parent = frames.count
                frames.append(new)
            }
            count(&frames[parent], stack.weight)
        }
    }

    // A path of the profile and the frame it became: the same frame where caller, operation and query are the same.
    private struct Place: Hashable {
        var parent: Int?
        var frame: PathFrame
        var statement: String?
    }

    /// The frame of each path.
    private mutating func add(
        _ profile: EndpointProfile,
        to places: inout [Place: Int],
        count: (inout FlamegraphFrame, PathProfile, Double) -> Void
    ) -> [Int] {
        let traces = Double(max(1, profile.traces))
        var frameOfPath: [Int] = []
        for (index, path) in profile.paths.enumerated() {
            let parent = path.parent.flatMap { $0 >= 0 && $0 < index ? frameOfPath[$0] : nil }
            let place = Place(parent: parent, frame: path.frame, statement: path.statement)
            let frame = places[place] ?? frames.count
            if frame == frames.count {
                places[place] = frame
                var new = FlamegraphFrame(path, parent: parent)
                new.start = ProfileTree.meanStart(of: path)
                new.depth = parent.map { frames[$0].depth + 1 } ?? 0
                frames.append(new)
            }
            count(&frames[frame], path, traces)
            frameOfPath.append(frame)
        }
        return frameOfPath
    }

    private mutating func markSignificant(_ comparison: EndpointComparison, now: [Int], then: [Int]) {
        guard comparison.notComparable == nil else { return }
        for path in comparison.paths {
            guard path.critical.decision == .regression || path.critical.decision == .improvement else { continue }
            if let current = path.current, now.indices.contains(current) {
                frames[now[current]].before?.isSignificant = true
            } else if let baseline = path.baseline, then.indices.contains(baseline) {
                frames[then[baseline]].before?.isSignificant = true
            }
        }
    }

    private mutating func sumUp() {
        for index in frames.indices {
            let before = frames[index].before?.own ?? 0
            frames[index].inclusive = frames[index].own
            frames[index].before?.inclusive = before
        }
        for index in frames.indices.reversed() {
            guard let parent = frames[index].parent else { continue }
            let child = frames[index]
            frames[parent].inclusive += child.inclusive
            frames[parent].before?.inclusive += child.before?.inclusive ?? 0
        }
    }
}

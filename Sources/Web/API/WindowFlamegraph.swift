import Baselines
import Correlation
import Hummingbird
import Reporting
import Telemetry

/// Critical paths of a stretch of windows as a flamegraph, and two stretches against each other.
struct WindowFlamegraph {
    let state: WebState

    /// `from`/`to`, and `beforeFrom`/`beforeTo` for a diff; `nil` where there is no trace in it.
    func document(of request: Request) async throws -> FlamegraphDocument? {
        let (now, missing) = try await profile(of: try WindowRange(request, now: state.now()))
        guard !now.isEmpty else { return nil }
        guard Query(request).text("beforeFrom") != nil else { return Self.document(now, nil, missing) }
        let earlier = try WindowRange(request, now: state.now(), from: "beforeFrom", to: "beforeTo")
        let (before, missingBefore) = try await profile(of: earlier)
        return Self.document(now, before, missing + missingBefore)
    }

    /// Damaged windows are in no frame, which the title has to say.
    private static func document(_ now: StackProfile, _ before: StackProfile?, _ missing: Int) -> FlamegraphDocument {
        let doubt = missing > 0 ? " (\(WindowSummary.missing(missing)))" : ""
        return FlamegraphDocument(now, before: before, named: "Critical paths" + doubt)
    }

    /// Time on the critical path by stack of operations, and how many windows could not be read.
    func profile(of range: WindowRange) async throws -> (profile: StackProfile, unreadable: Int) {
        var profile = StackProfile(unit: "nanoseconds")
        var unreadable = 0
        try await state.store.forEachWindow(in: range.range, onDamage: { _ in unreadable += 1 }) {
            WindowFlamegraph.add($0, to: &profile)
        }
        return (profile, unreadable)
    }

    static func add(_ window: TelemetryWindow, to profile: inout StackProfile) {
        var stacks: [[StackProfile.Frame]] = []
        for (index, path) in window.paths.enumerated() {
            let frame = StackProfile.Frame(
                name: path.frame.label,
                module: path.frame.synthetic == nil ? path.frame.operation.service : ""
            )
            // A parent that does not stand before its child comes from a damaged file.
            let caller = path.parent.flatMap { $0 < index ? stacks[$0] : nil } ?? []
            stacks.append(caller + [frame])
            profile.add(stacks[index], weight: Double(path.criticalNanoseconds))
        }
    }
}

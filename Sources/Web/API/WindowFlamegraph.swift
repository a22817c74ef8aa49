import Correlation
import Hummingbird
import Reporting
import Telemetry

/// Critical paths of a stretch of windows as a flamegraph, and two stretches against each other.
struct WindowFlamegraph {
    let state: WebState

    /// `from`/`to`, and `beforeFrom`/`beforeTo` for a diff; `nil` where there is no trace in it.
    func document(of request: Request) async throws -> FlamegraphDocument? {
        let range = try WindowRange(request, now: state.now())
        let now = WindowFlamegraph.profile(of: try await range.windows(of: state.store))
        guard !now.isEmpty else { return nil }
        var before: StackProfile?
        if Query(request).text("beforeFrom") != nil {
            let earlier = try WindowRange(request, now: state.now(), from: "beforeFrom", to: "beforeTo")
            before = WindowFlamegraph.profile(of: try await earlier.windows(of: state.store))
        }
        return FlamegraphDocument(now, before: before, named: "Critical paths")
    }

    /// Time on the critical path by stack of operations.
    static func profile(of windows: [TelemetryWindow]) -> StackProfile {
        var profile = StackProfile(unit: "nanoseconds")
        for window in windows {
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
        return profile
    }
}

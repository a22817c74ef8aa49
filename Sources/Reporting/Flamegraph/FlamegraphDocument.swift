package import Analysis
package import Correlation
package import Telemetry

/// A flamegraph that somebody asked for by itself, of traces or of a profiler's stacks.
package struct FlamegraphDocument: Sendable {
    /// One endpoint's traces.
    package struct Endpoint: Sendable {
        package var name: String
        package var profile: EndpointProfile
        package var completeness: Completeness
        /// With a baseline the graph is a diff.
        package var comparison: EndpointComparison?

        package init(
            name: String,
            profile: EndpointProfile,
            completeness: Completeness,
            comparison: EndpointComparison? = nil
        ) {
            self.name = name
            self.profile = profile
            self.completeness = completeness
            self.comparison = comparison
        }
    }

    private let title: String
    private let panels: [FlamegraphPanel]
    private let link: TraceLink?

    /// A panel an endpoint that has complete traces; a diff weighs critical-path time whatever is asked for.
    ///
    /// With `link` a frame leads to its typical trace.
    package init(endpoints: [Endpoint], weighing: FlamegraphWeighing = .critical, link: TraceLink? = nil) {
        title = weighing.title
        self.link = link
        panels = endpoints.compactMap { endpoint in
            let completeness = FlamegraphPanel.completeness(of: endpoint.completeness, in: endpoint.profile)
            if let comparison = endpoint.comparison {
                return FlamegraphPanel.difference(
                    of: endpoint.profile,
                    against: comparison,
                    named: endpoint.name,
                    completeness: completeness
                )
            }
            return FlamegraphPanel.profile(
                endpoint.profile,
                named: endpoint.name,
                completeness: completeness,
                weighing: weighing
            )
        }
    }

    /// One panel; with `before` a diff against it.
    package init(_ profile: StackProfile, before: StackProfile? = nil, named name: String) {
        title = before == nil ? "Profile" : "Profile against its baseline"
        link = nil
        let tree = FlamegraphTree(profile, before: before)
        let unit = FlamegraphUnit.samples(of: PlainText.clean(profile.unit, limit: 40))
        var notes = ["\(unit.text(profile.total)) in \(Quantity.count(profile.stacks.count)) different stacks"]
        if let before {
            notes.append("baseline: \(unit.text(before.total)), scaled to the same total; width is the larger")
        }
        panels = [
            FlamegraphPanel(
                title: PlainText.clean(name, limit: 120),
                notes: notes,
                tree: tree,
                isDiff: before != nil,
                unit: unit
            )
        ]
    }

    /// Whether there is nothing to draw.
    package var isEmpty: Bool { panels.allSatisfy { $0.tree.total == 0 && $0.tree.totalBefore == 0 } }

    package func svg() -> String { drawing(.standalone) }

    func drawing(_ parts: FlamegraphSVG.Parts) -> String {
        FlamegraphSVG(title: title, panels: panels, parts: parts, link: link).render()
    }

    /// Folded stacks, a line each.
    package func folded() -> String {
        panels.flatMap { $0.tree.folded(under: panels.count > 1 ? [$0.title] : []) }.map { $0 + "\n" }.joined()
    }
}

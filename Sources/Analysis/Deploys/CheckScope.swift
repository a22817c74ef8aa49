import Correlation
import Telemetry

/// Which operations a deploy can be blamed for, and how they are compared.
struct CheckScope {
    /// Of the service that was deployed.
    let own: Set<Int>
    /// Whatever it calls directly, and the client spans that wait for it.
    let neighbours: Set<Int>
    /// Where requests that reach it enter the system.
    let entries: Set<Int>
    /// Whether old and new version answered side by side long enough to be compared.
    let isConcurrent: Bool
    /// Of the service's own operations after the deploy, and before it or beside it.
    let newVersion: CheckTimeline.VersionFilter
    let oldVersion: CheckTimeline.VersionFilter
    let tree: CallTree

    init(_ timeline: CheckTimeline, sides: CheckSides, deploy: DeployMarker, settings: DeployCheckSettings) {
        let tree = CallTree(
            timeline,
            in: sides.before.lowerBound..<max(sides.before.upperBound, sides.since.upperBound)
        )
        let service = timeline.operations.indices.filter { timeline.operations[$0].service == deploy.service }
        let own = Set(service)
        var neighbours: Set<Int> = []
        var entries: Set<Int> = []
        for operation in own {
            neighbours.formUnion(tree.callees[operation])
            neighbours.formUnion(tree.callers[operation].filter { timeline.operations[$0].kind == .client })
            let callers = tree.ancestors(of: operation)
            entries.formUnion((callers.isEmpty ? [operation] : callers).filter { tree.callers[$0].isEmpty })
        }
        self.tree = tree
        self.own = own
        self.neighbours = neighbours.subtracting(own)
        self.entries = entries

        func requests(_ version: CheckTimeline.VersionFilter) -> (bins: Int, count: Double) {
            service.reduce((0, 0)) { most, operation in
                let series = timeline.errors(operation, in: sides.after, version: version)
                let count = series.counts.reduce(0, +)
                return count > most.1 ? (series.filled(sides.after), count) : most
            }
        }
        let isNamed = !deploy.version.isEmpty
        let new = isNamed ? requests(.only(deploy.version)) : (bins: 0, count: 0)
        let old = isNamed ? requests(.except(deploy.version)) : (bins: 0, count: 0)
        let least = Double(settings.minimumRequests)
        isConcurrent =
            new.bins >= settings.minimumBins && new.count >= least && old.bins >= settings.minimumBins
            && old.count >= least
        newVersion = new.count >= least && new.bins >= settings.minimumBins ? .only(deploy.version) : .all
        oldVersion = isConcurrent ? .except(deploy.version) : .all
    }

    var tested: Set<Int> { own.union(neighbours).union(entries) }
}

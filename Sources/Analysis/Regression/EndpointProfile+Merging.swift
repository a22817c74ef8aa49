package import Correlation
import Statistics

extension EndpointProfile {
    /// The profiles of several runs as one: sums add up, histograms merge, the same stack of frames is one path.
    ///
    /// Exemplars and query texts come from the first profile that has them, so pass the newest run first.
    package static func merged(_ profiles: [EndpointProfile], endpoint: String) -> EndpointProfile {
        var tree = PathTree()
        var result = EndpointProfile(endpoint: endpoint)
        for profile in profiles {
            result.traces += profile.traces
            result.excludedTraces += profile.excludedTraces
            result.foldedPaths += profile.foldedPaths
            result.duration.absorb(profile.duration)
            result.exemplar = result.exemplar ?? profile.exemplar
            result.tailTraces = sum(result.tailTraces, profile.tailTraces)
            result.failedTraces = sum(result.failedTraces, profile.failedTraces)
            let nodes = tree.insert(profile)
            result.absorb(profile.signatures, nodes: nodes)
            for (path, node) in zip(profile.paths, nodes) {
                if node == result.paths.count {
                    result.paths.append(PathProfile(frame: path.frame, parent: tree.parents[node]))
                }
                result.paths[node].absorb(path)
            }
        }
        return result
    }

    // Shapes of one profile in the numbers of the merged one; a profile without any leaves the others' alone.
    private mutating func absorb(_ others: [StructureSignature]?, nodes: [Int]) {
        guard let others else { return }
        var own = signatures ?? []
        for var other in others {
            other.paths = Set(other.paths.filter { nodes.indices.contains($0) }.map { nodes[$0] }).sorted()
            if let index = own.firstIndex(where: { $0.paths == other.paths }) {
                own[index].traces += other.traces
                own[index].durationNanoseconds &+= other.durationNanoseconds
            } else {
                own.append(other)
            }
        }
        signatures = own
    }
}

extension PathProfile {
    fileprivate mutating func absorb(_ other: PathProfile) {
        statement = statement ?? other.statement
        traces += other.traces
        calls += other.calls
        errors += other.errors
        originErrors.merge(other.originErrors, uniquingKeysWith: +)
        criticalNanoseconds += other.criticalNanoseconds
        selfNanoseconds += other.selfNanoseconds
        totalNanoseconds += other.totalNanoseconds
        startOffsetNanoseconds += other.startOffsetNanoseconds
        tailNanoseconds = sum(tailNanoseconds, other.tailNanoseconds)
        failedNanoseconds = sum(failedNanoseconds, other.failedNanoseconds)
        critical.absorb(other.critical)
        callDuration.absorb(other.callDuration)
        typicalTraceID = typicalTraceID ?? other.typicalTraceID
        worstTraceID = worstTraceID ?? other.worstTraceID
    }
}

/// What is known of both; `nil` where neither is known.
private func sum<Number: BinaryInteger>(_ left: Number?, _ right: Number?) -> Number? {
    guard let left, let right else { return left ?? right }
    return left + right
}

extension LatencyHistogram {
    /// Merges a histogram of any resolution: a stored baseline may come from an older version of Plimsoll.
    mutating func absorb(_ other: LatencyHistogram) {
        guard subBucketBits != other.subBucketBits else { return merge(other) }
        for (range, times) in other.buckets {
            record(range.lowerBound + (range.upperBound - range.lowerBound) / 2, times: times)
        }
    }
}

import Statistics
import Telemetry

/// Sums the critical paths of one endpoint's traces into a tree of paths.
///
/// Traces must be added in a fixed order (of request number): the limits let the first come in.
struct ProfileBuilder {
    /// Caller's path, operation, and whether it is the edge to that operation: 32 + 1 + 31 bits.
    private struct PathKey: Hashable {
        var bits: UInt64

        init(parent: Int32, operation: OperationID, isNetwork: Bool) {
            bits = UInt64(UInt32(bitPattern: parent)) << 32 | (isNetwork ? 1 << 31 : 0) | UInt64(operation.rawValue)
        }

        /// Multiplicative hashing (Knuth, The Art of Computer Programming 3, section 6.4).
        func slot(bits: Int) -> Int { Int((self.bits &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - bits)) }
    }

    private struct RecentPath {
        var key: PathKey
        var number: Int32
    }

    private let endpoint: String
    private let settings: CorrelationSettings
    /// `nil` where too few traces are slow.
    private let tail: TailCohort?
    private var tailTraces = 0
    private var failedTraces = 0
    private var paths: [PathAccumulator]
    private var numbers: [PathKey: Int32] = [:]
    private var other: Int32?
    private var folded: Set<PathKey> = []
    private var traceIDs: [TraceID] = []
    private var durations: [UInt64] = []
    private var excluded = 0
    private var duration = LatencyHistogram(subBucketBits: 10)
    private var signatures: [StructureSignature] = []
    /// Indices into `signatures`, by the paths that a trace touches.
    private var shapes: [[Int32]: Int] = [:]
    /// The last trace's paths in the order they were touched, and their shape; -1 for none.
    private var lastTouched: [Int32] = []
    private var lastShape = -1
    /// By a hash of the key, so that the dictionary is rarely asked.
    private var recent: [RecentPath]
    // Buffers of the trace that is being added.
    private var pathOfNode: [Int32] = []
    private var chargedOfNode: [Int32] = []
    private var touched: [Int32] = []

    // More shapes than this are told by no table; the first to come are kept.
    private static let shapeLimit = 200

    private static let recentBits = 10

    // Folded paths are told apart only for their count, up to here.
    private static let foldedLimit = 100_000

    /// `durations` are those of the traces to come, as far as they are known.
    init(endpoint: String, settings: CorrelationSettings, durations: LatencyHistogram) {
        self.endpoint = endpoint
        self.settings = settings
        tail = TailCohort(durations)
        let client = OperationKey(service: "client", name: endpoint, kind: .client)
        paths = [PathAccumulator(frame: PathFrame(operation: client, synthetic: .client), parent: -1)]
        // No path has this key: a network edge to the highest operation from no path.
        let none = PathKey(parent: -1, operation: OperationID(.max), isNetwork: true)
        recent = [RecentPath](repeating: RecentPath(key: none, number: -1), count: 1 << ProfileBuilder.recentBits)
    }

    /// Leaves a trace out whose path is not sure enough, or not a path at all.
    mutating func exclude() { excluded += 1 }

    mutating func add(_ walk: TraceWalk, traceID: TraceID, outcome: RequestOutcome) {
        let trace = Int32(traceIDs.count)
        traceIDs.append(traceID)
        duration.record(walk.tree.duration(of: 0))
        durations.append(walk.tree.duration(of: 0))
        touched.removeAll(keepingCapacity: true)
        pathOfNode.removeAll(keepingCapacity: true)
        pathOfNode.append(contentsOf: repeatElement(-1, count: walk.tree.count))
        chargedOfNode.removeAll(keepingCapacity: true)
        chargedOfNode.append(contentsOf: repeatElement(-1, count: walk.tree.count))
        addRequest(walk, outcome: outcome, trace: trace)
        for node in walk.tree.reachable.dropFirst() { addSpan(Int(node), of: walk, trace: trace) }
        for segment in walk.path.segments {
            paths[Int(chargedOfNode[Int(segment.node)])].criticalInTrace += segment.end - segment.start
        }
        addShape(duration: walk.tree.duration(of: 0), traceID: traceID)
        let isInTail = tail?.contains(walk.tree.duration(of: 0)) ?? false
        if isInTail { tailTraces += 1 }
        let hasFailed = outcome != .completed
        if hasFailed { failedTraces += 1 }
        for path in touched { paths[Int(path)].endTrace(trace, isInTail: isInTail, hasFailed: hasFailed) }
    }

    /// The path of each node of the trace that was added last, by the builder's numbers; -1 where there is none.
    var pathsOfLastTrace: [Int32] { pathOfNode }

    /// The trace whose duration is nearest to the median; of equally near ones the first.
    var typicalTrace: TraceID? {
        let median = duration.quantile(0.5)
        func distance(_ trace: Int) -> UInt64 { max(durations[trace], median) - min(durations[trace], median) }
        return traceIDs.indices.min { (distance($0), $0) < (distance($1), $1) }.map { traceIDs[$0] }
    }

    /// Where each of the builder's paths stands in the profile.
    func places() -> [Int32] {
        var places = [Int32](repeating: -1, count: paths.count)
        for (place, number) in PathOrder(paths).paths.enumerated() { places[number] = Int32(place) }
        return places
    }

    func profile(vocabulary: Vocabulary) -> EndpointProfile {
        let order = PathOrder(paths)
        var profile = EndpointProfile(
            endpoint: endpoint,
            traces: traceIDs.count,
            excludedTraces: excluded,
            duration: duration,
            foldedPaths: folded.count
        )
        guard !traceIDs.isEmpty else { return profile }
        profile.signatures = orderedSignatures(places())
        profile.tailTraces = tail == nil ? nil : tailTraces
        profile.failedTraces = failedTraces == 0 ? nil : failedTraces
        profile.paths = order.paths.map { number in
            let path = paths[number]
            var result = PathProfile(frame: path.frame, parent: order.place(ofParent: path.parent))
            result.statement = path.statement(in: vocabulary)
            result.traces = path.traces
            result.calls = path.calls
            result.errors = path.errors
            for (errorType, count) in path.originErrors {
                let name = vocabulary.string(errorType)
                result.originErrors[name.isEmpty ? "error" : name, default: 0] += count
            }
            for (outcome, count) in path.requestErrors { result.originErrors[outcome.name, default: 0] += count }
            result.criticalNanoseconds = path.criticalNanoseconds
            result.selfNanoseconds = path.selfNanoseconds
            result.totalNanoseconds = path.totalNanoseconds
            result.startOffsetNanoseconds = path.startOffsetNanoseconds
            result.tailNanoseconds = tail == nil ? nil : path.tailNanoseconds
            result.failedNanoseconds = failedTraces == 0 ? nil : path.failedNanoseconds
            result.critical = path.critical
            result.callDuration = path.callDuration
            result.typicalTraceID = path.typicalTrace.map { traceIDs[Int($0)] }
            result.worstTraceID = path.worst.map { traceIDs[Int($0.trace)] }
            return result
        }
        return profile
    }

    private mutating func addShape(duration: UInt64, traceID: TraceID) {
        if touched != lastTouched {
            lastTouched = touched
            lastShape = shape(of: touched.sorted(), traceID: traceID) ?? -1
        }
        guard lastShape >= 0 else { return }
        signatures[lastShape].traces += 1
        signatures[lastShape].durationNanoseconds = signatures[lastShape].durationNanoseconds.saturatingAdd(duration)
    }

    private mutating func shape(of paths: [Int32], traceID: TraceID) -> Int? {
        if let known = shapes[paths] { return known }
        guard shapes.count < ProfileBuilder.shapeLimit else { return nil }
        shapes[paths] = signatures.count
        signatures.append(StructureSignature(paths: [], traces: 0, durationNanoseconds: 0, traceID: traceID))
        return signatures.count - 1
    }

    /// In the numbers of the profile; of equally frequent ones in the order of their paths.
    private func orderedSignatures(_ places: [Int32]) -> [StructureSignature] {
        shapes.map { shape, index in
            var signature = signatures[index]
            signature.paths = shape.map { Int(places[Int($0)]) }.sorted()
            return signature
        }
        .sorted { left, right in
            left.traces != right.traces
                ? left.traces > right.traces : left.paths.lexicographicallyPrecedes(right.paths)
        }
    }

    private mutating func addRequest(_ walk: TraceWalk, outcome: RequestOutcome, trace: Int32) {
        pathOfNode[0] = 0
        chargedOfNode[0] = 0
        touch(0, trace)
        paths[0].addCall(duration: walk.tree.duration(of: 0), selfTime: walk.selfNanoseconds[0], offset: 0)
        guard outcome != .completed else { return }
        paths[0].errors += 1
        if walk.isOrigin[0] { paths[0].requestErrors[outcome, default: 0] += 1 }
    }

    private mutating func addSpan(_ node: Int, of walk: TraceWalk, trace: Int32) {
        let row = walk.tree.row(of: node)
        let parent = pathOfNode[Int(walk.tree.parents[node])]
        let path = number(parent: parent, operation: walk.run.spans.operation[row], isNetwork: false, in: walk.run)
        pathOfNode[node] = path
        chargedOfNode[node] = path
        touch(path, trace)
        let (start, sent) = (walk.tree.starts[node], walk.tree.starts[0])
        let offset = start > sent ? start - sent : 0
        var selfTime = walk.selfNanoseconds[node]
        let callee = Int(walk.callees[node])
        if callee >= 0 {
            // What a client span does itself is wait: for the network, and for the callee to begin.
            let operation = walk.run.spans.operation[walk.tree.row(of: callee)]
            let edge = number(parent: path, operation: operation, isNetwork: true, in: walk.run)
            chargedOfNode[node] = edge
            touch(edge, trace)
            paths[Int(edge)].addCall(duration: selfTime, selfTime: selfTime, offset: offset)
            selfTime = 0
        }
        let index = Int(path)
        paths[index].addCall(duration: walk.tree.duration(of: node), selfTime: selfTime, offset: offset)
        if !walk.run.spans.statement[row].isEmpty { paths[index].addStatement(walk.run.spans.statement[row]) }
        if walk.run.spans.isError(row) {
            paths[index].errors += 1
            if walk.isOrigin[node] { paths[index].originErrors[walk.run.spans.errorType[row], default: 0] += 1 }
        }
    }

    private mutating func touch(_ path: Int32, _ trace: Int32) {
        guard paths[Int(path)].lastTrace != trace else { return }
        paths[Int(path)].lastTrace = trace
        paths[Int(path)].criticalInTrace = 0
        touched.append(path)
    }

    private mutating func number(
        parent: Int32,
        operation: OperationID,
        isNetwork: Bool,
        in run: RunSpans
    ) -> Int32 {
        let key = PathKey(parent: parent, operation: operation, isNetwork: isNetwork)
        let slot = key.slot(bits: ProfileBuilder.recentBits)
        if recent[slot].key == key { return recent[slot].number }
        if let known = numbers[key] {
            recent[slot] = RecentPath(key: key, number: known)
            return known
        }
        if paths.count >= settings.pathLimit || parent == other { return fold(key) }
        let frame = PathFrame(
            operation: run.operations.keys[Int(operation.rawValue)],
            synthetic: isNetwork ? .network : nil
        )
        let number = Int32(paths.count)
        paths.append(PathAccumulator(frame: frame, parent: parent))
        numbers[key] = number
        return number
    }

    private mutating func fold(_ key: PathKey) -> Int32 {
        if folded.count < ProfileBuilder.foldedLimit { folded.insert(key) }
        if let other { return other }
        let number = Int32(paths.count)
        let operation = OperationKey(service: "", name: "other", kind: .unspecified)
        paths.append(PathAccumulator(frame: PathFrame(operation: operation, synthetic: .other), parent: 0))
        other = number
        return number
    }
}

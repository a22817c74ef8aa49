package import Correlation
import Statistics
package import Telemetry

/// Simulates traces of a call tree into a profile that holds its invariants.
package struct SampleProfile {
    private var profile: EndpointProfile
    private var depthFirst: [SampleOperation] = []
    private var noise: SampleNoise
    private let numbering: RequestNumbering

    /// Simulates `traces` requests that spend `client` milliseconds outside the root span.
    package static func make(
        endpoint: String,
        client: Double,
        root: SampleOperation,
        traces: Int,
        numbering: RequestNumbering,
        seed: UInt64
    ) -> EndpointProfile {
        var sample = SampleProfile(endpoint: endpoint, numbering: numbering, seed: seed)
        let outside = SampleOperation("load generator", endpoint, .client, milliseconds: client)
        sample.profile.paths.append(
            PathProfile(
                frame: PathFrame(
                    operation: OperationKey(service: "load generator", name: endpoint, kind: .client),
                    synthetic: .client
                ),
                parent: nil
            )
        )
        sample.depthFirst.append(outside)
        sample.add(root, parent: 0)
        for trace in 0..<traces { sample.simulate(trace) }
        sample.profile.exemplar = sample.exemplar()
        sample.addTail()
        return sample.profile
    }

    // A tenth of the traces, each path half as slow again.
    private mutating func addTail() {
        guard profile.traces >= 110 else { return }
        profile.tailTraces = profile.traces / 10
        for index in profile.paths.indices {
            profile.paths[index].tailNanoseconds = profile.paths[index].criticalNanoseconds * 3 / 20
        }
    }

    // One request without noise: children one after another in the middle of their caller.
    private func exemplar() -> ExemplarTrace {
        var spans: [ExemplarTrace.Span] = []
        func duration(_ index: Int) -> UInt64 {
            let operation = depthFirst[index]
            return UInt64(operation.milliseconds * 1e6)
                + children(of: index).reduce(0) {
                    $0 + duration($1) * UInt64(depthFirst[$1].calls)
                }
        }
        func add(_ index: Int, parent: Int?, at start: UInt64) {
            let operation = depthFirst[index]
            guard !operation.isNetwork else { return }
            let own = UInt64(operation.milliseconds * 1e6)
            spans.append(
                ExemplarTrace.Span(
                    service: operation.service,
                    name: operation.name,
                    statement: operation.statement,
                    parent: parent,
                    start: start,
                    duration: duration(index),
                    critical: own
                )
            )
            let number = spans.count - 1
            var time = start + own / 2
            for child in children(of: index) {
                for _ in 0..<depthFirst[child].calls {
                    add(child, parent: number, at: time)
                    time += duration(child)
                }
            }
        }
        let client = UInt64(depthFirst[0].milliseconds * 1e6)
        for child in children(of: 0) { add(child, parent: nil, at: client / 2) }
        return ExemplarTrace(traceID: numbering.traceID(of: 7), duration: duration(0), spans: spans)
    }

    private func children(of index: Int) -> [Int] { profile.paths.indices.filter { profile.paths[$0].parent == index } }

    private init(endpoint: String, numbering: RequestNumbering, seed: UInt64) {
        profile = EndpointProfile(endpoint: endpoint)
        noise = SampleNoise(seed: seed)
        self.numbering = numbering
    }

    private mutating func add(_ operation: SampleOperation, parent: Int) {
        let key = OperationKey(service: operation.service, name: operation.name, kind: operation.kind)
        let frame = PathFrame(operation: key, synthetic: operation.isNetwork ? .network : nil)
        var path = PathProfile(frame: frame, parent: parent)
        path.statement = operation.statement
        profile.paths.append(path)
        depthFirst.append(operation)
        let index = profile.paths.count - 1
        for child in operation.children { add(child, parent: index) }
    }

    // Paths stand in the order in which a request meets them, so one sweep forward gives the start offsets and one
    // backward the whole durations.
    private mutating func simulate(_ trace: Int) {
        let pressure = noise.latencyFactor()
        let id = numbering.traceID(of: UInt64(trace))
        var own: [UInt64] = []
        var start: UInt64 = 0
        for (index, operation) in depthFirst.enumerated() {
            var spent: UInt64 = 0
            for _ in 0..<operation.calls {
                let call = UInt64(operation.milliseconds * 1e6 * pressure * (0.8 + 0.4 * noise.uniform()))
                profile.paths[index].callDuration.record(call)
                spent += call
                if operation.errorShare > 0, noise.uniform() < operation.errorShare {
                    profile.paths[index].errors += 1
                    profile.paths[index].originErrors["timeout", default: 0] += 1
                }
            }
            own.append(spent)
            profile.paths[index].traces += 1
            profile.paths[index].calls += operation.calls
            profile.paths[index].criticalNanoseconds += spent
            profile.paths[index].selfNanoseconds += spent
            profile.paths[index].startOffsetNanoseconds += start
            if spent >= profile.paths[index].critical.maximum { profile.paths[index].worstTraceID = id }
            if profile.paths[index].typicalTraceID == nil { profile.paths[index].typicalTraceID = id }
            profile.paths[index].critical.record(spent)
            start += spent / UInt64(max(1, operation.calls))
        }
        for index in own.indices.reversed() {
            profile.paths[index].totalNanoseconds += own[index]
            if let parent = profile.paths[index].parent { own[parent] += own[index] }
        }
        profile.duration.record(own[0])
        profile.traces += 1
    }
}

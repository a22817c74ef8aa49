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
        return sample.profile
    }

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

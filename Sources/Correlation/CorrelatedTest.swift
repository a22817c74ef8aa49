package import Telemetry

/// One test of the plan with its traces and the profile over them.
package struct CorrelatedTest: Sendable {
    package var load: TestLoad
    /// The endpoint's name in the plan.
    package var name: String
    /// Traces of measured requests (no warm-up), in order of request number.
    package var traces: [JoinedTrace]
    package var completeness: Completeness
    /// Over complete traces only.
    package var profile: EndpointProfile

    package init(
        load: TestLoad,
        name: String,
        traces: [JoinedTrace],
        completeness: Completeness,
        profile: EndpointProfile
    ) {
        self.load = load
        self.name = name
        self.traces = traces
        self.completeness = completeness
        self.profile = profile
    }
}

extension CorrelatedTest {
    /// The complete traces of the slowest requests, slowest first; of equally slow ones the first.
    package func slowestTraces(_ limit: Int) -> [JoinedTrace] {
        var slowest: [(latency: UInt64, number: UInt64, trace: JoinedTrace)] = []
        for trace in traces where trace.state == .complete {
            let sample = load.samples[trace.sample]
            let (latency, number) = (sample.latencyNanoseconds, sample.number)
            if slowest.count == limit, let last = slowest.last,
                (last.latency, number) >= (latency, last.number)
            {
                continue
            }
            let place = slowest.firstIndex { (latency, $0.number) > ($0.latency, number) } ?? slowest.count
            slowest.insert((latency, number, trace), at: place)
            if slowest.count > limit { slowest.removeLast() }
        }
        return slowest.map(\.trace)
    }
}

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

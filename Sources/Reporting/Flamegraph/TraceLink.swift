package import Telemetry

/// Where a trace can be looked at: an address with `{traceId}` in it, such as Grafana's or Jaeger's.
package struct TraceLink: Sendable, Hashable {
    private static let placeholder = "{traceId}"

    private let template: String

    /// `nil` unless it is an address of `http` or `https` with `{traceId}` in it: a link must not be a script.
    package init?(_ template: String) {
        let scheme = template.prefix { $0 != ":" }.lowercased()
        guard scheme == "http" || scheme == "https", template.contains(TraceLink.placeholder) else { return nil }
        self.template = template
    }

    package func address(of trace: TraceID) -> String {
        template.replacing(TraceLink.placeholder, with: trace.hex)
    }
}

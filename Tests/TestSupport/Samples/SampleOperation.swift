package import Telemetry

/// One node of a made-up call tree: what a sample profile is simulated from.
package struct SampleOperation {
    package var service: String
    package var name: String
    package var kind: SpanKind
    /// Median critical-path time of one call, children not included.
    package var milliseconds: Double
    package var calls: Int
    package var statement: String?
    /// Share of calls that fail, 0...1.
    package var errorShare: Double
    package var isNetwork: Bool
    package var children: [SampleOperation]

    package init(
        _ service: String,
        _ name: String,
        _ kind: SpanKind = .internal,
        milliseconds: Double,
        calls: Int = 1,
        statement: String? = nil,
        errorShare: Double = 0,
        isNetwork: Bool = false,
        children: [SampleOperation] = []
    ) {
        self.service = service
        self.name = name
        self.kind = kind
        self.milliseconds = milliseconds
        self.calls = calls
        self.statement = statement
        self.errorShare = errorShare
        self.isNetwork = isNetwork
        self.children = children
    }
}

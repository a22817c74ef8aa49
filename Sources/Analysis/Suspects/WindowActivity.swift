import Telemetry

/// What the services of one stretch of time did, call by call: the ground on which suspects are compared.
///
/// Over all traces, complete or not, because a fault may be what made them incomplete. Times in milliseconds.
package struct WindowActivity: Sendable {
    /// A caller's client span and the remote span it led to.
    struct Edge: Hashable {
        var caller: OperationID
        var callee: OperationID
    }

    /// An operation as called by another; `nil` for a root.
    struct Call: Hashable {
        var caller: OperationID?
        var operation: OperationID
    }

    /// A child as it stands among its siblings.
    struct Child: Hashable {
        var operation: OperationID
        /// The remote operation it led to directly, or is itself; `nil` for work within the service.
        var callee: OperationID?
    }

    /// Which children an execution had: each kind once, in order of its first start, and the one that began last.
    struct Shape: Hashable {
        var children: [Child]
        var last: Child?
    }

    /// All executions of one `Call`.
    struct Executions {
        var count = 0
        /// Spans below and including it, over all executions.
        var spans = 0
        /// By kind of child: executions that have it, and the spans below and including it.
        var presence: [OperationID: Int] = [:]
        var childSpans: [OperationID: Int] = [:]
        /// Beyond `shapeLimit` the rarest to come are left out.
        var shapes: [Shape: Int] = [:]

        static let shapeLimit = 200
    }

    var traces = 0
    /// Of the roots.
    var duration = Moments()
    /// Time not covered by children, of spans that call no other service.
    var selfTimes: [OperationID: Moments] = [:]
    /// What a client span took longer than the span it caused.
    var gaps: [Edge: Moments] = [:]
    var calls: [Call: Executions] = [:]
    /// Spans of each operation, and how many of them are the origin of an error.
    var counts: [OperationID: Int] = [:]
    var errors: [OperationID: Int] = [:]
    /// Traces in which a service occurs.
    var reach: [String: Int] = [:]
    /// Unix nanoseconds, of the roots' starts.
    var start = UInt64.max
    var end: UInt64 = 0

    /// The operation of each number that occurs.
    var operations: [OperationID: OperationKey] = [:]

    func service(_ operation: OperationID) -> String { operations[operation]?.service ?? "" }

    /// Share of the traces in which a service occurs, 0...1.
    func reachShare(of service: String) -> Double {
        traces == 0 ? 0 : Double(reach[service] ?? 0) / Double(traces)
    }
}

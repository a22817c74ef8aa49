package import Statistics
package import Telemetry

/// The critical paths of one endpoint, summed over its complete traces: what a run stores as its span baseline.
///
/// Invariant, exact in nanoseconds: the critical time of all paths sums to the client-side duration of all traces.
package struct EndpointProfile: Sendable, Hashable, Codable {
    package var endpoint: String
    /// Complete traces summed here.
    package var traces: Int
    /// Complete traces left out: their critical path is of low confidence or does not add up.
    package var excludedTraces: Int
    /// Client-side duration from sending to last byte (the service time of the joined requests).
    package var duration: LatencyHistogram
    /// Parents stand before their children; the first is the client side of the request itself.
    package var paths: [PathProfile]
    /// Paths beyond the limit, folded into `<other>` frames.
    package var foldedPaths: Int
    /// The shapes that traces take, most frequent first; `nil` where they were not looked at.
    package var signatures: [StructureSignature]?

    package init(
        endpoint: String,
        traces: Int = 0,
        excludedTraces: Int = 0,
        duration: LatencyHistogram = LatencyHistogram(subBucketBits: 10),
        paths: [PathProfile] = [],
        foldedPaths: Int = 0
    ) {
        self.endpoint = endpoint
        self.traces = traces
        self.excludedTraces = excludedTraces
        self.duration = duration
        self.paths = paths
        self.foldedPaths = foldedPaths
    }

    /// Frames from the root to a path, root first.
    package func stack(to index: Int) -> [PathFrame] {
        var frames: [PathFrame] = []
        var next: Int? = index
        while let current = next {
            frames.append(paths[current].frame)
            next = paths[current].parent
        }
        return frames.reversed()
    }
}

/// A shape of traces: which paths occur in them, however often.
package struct StructureSignature: Sendable, Hashable, Codable {
    /// Indices into `EndpointProfile.paths`, in order.
    package var paths: [Int]
    package var traces: Int
    /// Client-side durations of these traces, summed.
    package var durationNanoseconds: UInt64
    /// One of them.
    package var traceID: TraceID?

    package init(paths: [Int], traces: Int, durationNanoseconds: UInt64, traceID: TraceID?) {
        self.paths = paths
        self.traces = traces
        self.durationNanoseconds = durationNanoseconds
        self.traceID = traceID
    }
}

/// One node of the path tree: an operation reached by one chain of callers.
///
/// Repeated siblings are one node.
package struct PathProfile: Sendable, Hashable, Codable {
    package var frame: PathFrame
    /// Index of the caller in `EndpointProfile.paths`; `nil` for the first.
    package var parent: Int?
    /// Literal-free query text of a database operation.
    package var statement: String?
    /// Traces in which it occurs, and calls over all traces.
    package var traces: Int
    package var calls: Int
    /// Calls that are the origin of an error, by error class.
    package var originErrors: [String: Int]
    /// Calls that ended in an error, origin or not.
    package var errors: Int
    /// Sums over all traces, nanoseconds: time on the critical path spent in the operation itself, time not covered
    /// by its children, whole duration, and start of each call relative to the request's sending (divide by `calls`).
    package var criticalNanoseconds: UInt64
    package var selfNanoseconds: UInt64
    package var totalNanoseconds: UInt64
    package var startOffsetNanoseconds: UInt64
    /// Critical time per trace in which the path occurs.
    package var critical: LatencyHistogram
    /// Duration per call.
    package var callDuration: LatencyHistogram
    /// A typical trace (nearest to the median critical time) and the worst.
    package var typicalTraceID: TraceID?
    package var worstTraceID: TraceID?

    package init(frame: PathFrame, parent: Int?) {
        self.frame = frame
        self.parent = parent
        statement = nil
        traces = 0
        calls = 0
        originErrors = [:]
        errors = 0
        criticalNanoseconds = 0
        selfNanoseconds = 0
        totalNanoseconds = 0
        startOffsetNanoseconds = 0
        critical = LatencyHistogram()
        callDuration = LatencyHistogram()
        typicalTraceID = nil
        worstTraceID = nil
    }
}

/// A real operation, or a stretch of time that belongs to no span.
package struct PathFrame: Sendable, Hashable, Codable {
    package enum Synthetic: String, Sendable, Codable {
        /// The request as the generator saw it, outside the root span: connection, sending, network, accept queue.
        case client
        /// Between a client span and the server span it caused: blamed on the callee, whose operation it carries.
        ///
        /// A leaf beside the callee's own path, under the client span whose self time it takes over.
        case network
        /// Paths beyond the limit.
        case other
    }

    package var operation: OperationKey
    package var synthetic: Synthetic?

    package init(operation: OperationKey, synthetic: Synthetic? = nil) {
        self.operation = operation
        self.synthetic = synthetic
    }

    /// As shown in flamegraphs and tables.
    package var label: String {
        switch synthetic {
        case nil: "\(operation.service): \(operation.name)"
        case .client: "<client> \(operation.name)"
        case .network: "<network → \(operation.service)>"
        case .other: "<other>"
        }
    }
}

package import Telemetry

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

import Baselines
package import Telemetry

/// Every trace that can still be shown: the recent ones in memory, the others as far as they were kept as evidence.
///
/// Safe to use from any task. A store that cannot be read throws; what is in memory alone never does.
package struct TraceArchive: Sendable {
    private let store: BaselineStore

    init(store: BaselineStore) {
        self.store = store
    }

    /// `nil` for a trace that is unknown, or forgotten.
    package func trace(_ id: TraceID) async throws -> TraceDocument? {
        nil
    }

    /// Newest first.
    package func traces(matching query: TraceQuery) async throws -> [TraceDocument] {
        []
    }

    /// Services of which anything is known, in order.
    package func services() async throws -> [String] {
        []
    }

    /// Operations of a service, in order.
    package func operations(of service: String) async throws -> [OperationKey] {
        []
    }

    /// Who calls whom, in order, by the traces that began in a range of Unix nanoseconds.
    package func calls(in range: Range<UInt64>) async throws -> [ServiceCall] {
        []
    }
}

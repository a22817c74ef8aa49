package import Telemetry

extension BaselineStore {
    /// A trace kept as evidence; `nil` for an unknown one.
    package func trace(_ id: TraceID) async throws(BaselineStoreError) -> TraceDocument? {
        nil
    }

    /// Traces kept as evidence, newest first.
    package func traces(matching query: TraceQuery) async throws(BaselineStoreError) -> [TraceDocument] {
        []
    }
}

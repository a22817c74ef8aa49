package import Correlation

extension BaselineStore {
    /// Stores a closed window and the traces kept as its evidence, in one transaction; the same window again replaces it.
    ///
    /// What is in the file when this returns survives a kill and a power cut.
    package func record(
        _ window: TelemetryWindow,
        traces: [StoredTrace] = []
    ) async throws(BaselineStoreError) {
    }

    /// The windows that begin in a range of Unix nanoseconds, in order of start.
    package func windows(in range: Range<UInt64>) async throws(BaselineStoreError) -> [TelemetryWindow] {
        []
    }

    /// The start of the oldest and of the newest window; `nil` without any.
    package func windowRange() async throws(BaselineStoreError) -> ClosedRange<UInt64>? {
        nil
    }
}

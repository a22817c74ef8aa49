package import Analysis

extension BaselineStore {
    /// Stores a marker; the same id again replaces it.
    package func record(_ deploy: DeployMarker) async throws(BaselineStoreError) {
    }

    /// Markers in a range of Unix nanoseconds, newest first; of one service where it is named.
    package func deploys(
        of service: String? = nil,
        in range: Range<UInt64> = 0..<UInt64.max,
        limit: Int = 100
    ) async throws(BaselineStoreError) -> [DeployMarker] {
        []
    }

    /// Stores a check; the same id again replaces it.
    package func record(_ check: CheckReport) async throws(BaselineStoreError) {
    }

    /// Checks, newest first; of one deploy where its id is given.
    package func checks(
        ofDeploy deployID: String? = nil,
        limit: Int = 100
    ) async throws(BaselineStoreError) -> [CheckReport] {
        []
    }

    /// A check by its id; `nil` for an unknown one.
    package func check(_ id: String) async throws(BaselineStoreError) -> CheckReport? {
        nil
    }
}

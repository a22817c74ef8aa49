package import Analysis

/// Where a check is made: a store on this machine, or a service that has one.
package protocol CheckPlace: Sendable {
    /// The deploy that is meant.
    func deploy(_ request: CheckRequest) async throws(RunFailure) -> DeployMarker

    /// One look; its report is kept there.
    func check(_ request: CheckRequest) async throws(RunFailure) -> CheckReport
}

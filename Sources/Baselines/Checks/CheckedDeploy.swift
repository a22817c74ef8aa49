package import Analysis

/// A deploy and the newest look at it.
package struct CheckedDeploy: Sendable, Hashable {
    package var deploy: DeployMarker
    /// `nil` where it was not checked.
    package var check: ListedCheck?
}

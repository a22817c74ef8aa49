package import Analysis

/// A mark on every Grafana panel that shows annotations with the tag `plimsoll`.
package struct GrafanaAnnotation: Sendable, Hashable, Encodable {
    /// Unix milliseconds.
    package var time: UInt64
    /// `nil` for a moment.
    package var timeEnd: UInt64?
    /// `plimsoll`, what it is, the service, and last what tells it from all others.
    package var tags: [String]
    package var text: String

    package init(_ deploy: DeployMarker) {
        time = deploy.at / 1_000_000
        tags = ["plimsoll", "deploy", deploy.service, "plimsoll-id:deploy:\(deploy.id)"]
        let link = deploy.url.map { "\n\($0)" } ?? ""
        text = "\(deploy.service) \(deploy.version)" + (deploy.message.map { ": \($0)" } ?? "") + link
    }

    /// Over the time that was looked at.
    package init(_ check: CheckReport) {
        time = check.after.lowerBound / 1_000_000
        timeEnd = check.after.upperBound / 1_000_000
        tags = [
            "plimsoll", "check", check.verdict.rawValue, check.deploy.service,
            GrafanaAnnotation.identity(ofCheck: check.id),
        ]
        text = "\(check.deploy.service) \(check.deploy.version) is \(check.verdict.rawValue): \(check.summary)"
    }

    /// The last of its tags.
    var identity: String { tags.last ?? "" }

    static func identity(ofCheck id: String) -> String { "plimsoll-id:check:\(id)" }
}

import Analysis
import Baselines

/// Deploys, newest first, with the verdict of their newest check.
struct DeployFeed: FeedTable {
    struct Row: Encodable {
        var time: UInt64
        var deploy: String
        var service: String
        var version: String
        var source: String
        var message: String?
        var url: String?
        /// `nil` where it was not checked.
        var verdict: String?
    }

    let name = "deploys"
    let store: BaselineStore

    func rows(in range: Range<UInt64>, limit: Int) async throws -> [Row] {
        try await store.checkedDeploys(in: range, limit: limit).map { checked in
            Row(
                time: FeedTime.milliseconds(checked.deploy.at),
                deploy: checked.deploy.id,
                service: checked.deploy.service,
                version: checked.deploy.version,
                source: checked.deploy.source.rawValue,
                message: checked.deploy.message,
                url: checked.deploy.url,
                verdict: checked.check?.verdict.rawValue
            )
        }
    }
}

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

    private static let checkLimit = 1_000

    let name = "deploys"
    let store: BaselineStore

    func rows(in range: Range<UInt64>, limit: Int) async throws -> [Row] {
        let verdicts = Dictionary(
            try await store.checks(limit: DeployFeed.checkLimit).map { ($0.deploy.id, $0.verdict.rawValue) },
            uniquingKeysWith: { newest, _ in newest }
        )
        return try await store.deploys(in: range, limit: limit).map { deploy in
            Row(
                time: FeedTime.milliseconds(deploy.at),
                deploy: deploy.id,
                service: deploy.service,
                version: deploy.version,
                source: deploy.source.rawValue,
                message: deploy.message,
                url: deploy.url,
                verdict: verdicts[deploy.id]
            )
        }
    }
}

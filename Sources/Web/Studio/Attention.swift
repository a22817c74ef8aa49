import Analysis
import Baselines
import Reporting
import Runs

/// What somebody should look at now: anomalies that last, newest deploys that are anomalous, runs that wait for a word.
struct Attention {
    private static let most = 12

    let rows: [[String: Any]]
    /// Of the most pressing kind among them.
    let tone: String

    /// `checks` and `deploys` are newest first; `now` in Unix nanoseconds.
    init(
        anomalies: [OperationAnomaly],
        checks: [ListedCheck],
        deploys: [DeployMarker],
        waiting: [QueuedRun],
        now: UInt64
    ) {
        var rows = anomalies.prefix(Attention.most).map { AnomalyRow($0, now: now).attention }
        var seen: Set<String> = []
        for deploy in deploys where seen.insert(deploy.service).inserted {
            let newest = checks.filter { $0.deployID == deploy.id }.max { $0.checkedAt < $1.checkedAt }
            guard let newest, newest.verdict == .anomalous else { continue }
            rows.append([
                "tone": "anomalous", "kind": "deploy", "link": "/checks/\(Words.path(newest.id))",
                "what": Words.clean("\(deploy.service) \(deploy.version)", limit: 160),
                "text": Words.clean(newest.summary, limit: 300), "age": Words.age(deploy.at, now: now),
            ])
        }
        tone = rows.isEmpty ? "waiting" : "fail"
        for run in waiting {
            rows.append([
                "tone": "waiting", "kind": "approval", "link": "/queue/\(Words.path(run.id))",
                "what": Words.clean(run.project, limit: 100),
                "text": Words.clean(run.reason, limit: 200), "age": Words.age(run.requestedAt, now: now),
            ])
        }
        self.rows = Array(rows.prefix(3 * Attention.most))
    }
}

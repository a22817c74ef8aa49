import Analysis
import Baselines
import HTTPTypes
import Runs

/// A run once more, because a person wants it.
struct RunRetry {
    let state: WebState

    /// Throws a `Problem` where the run is unknown, or none of the projects has its module.
    func request(of runID: String, by name: String, reason: String, waitsForApproval: Bool) async throws -> RunRequest {
        guard let report = try await state.store.report(runID) else {
            throw Problem(.notFound, "there is no run \(runID)")
        }
        guard let project = state.queue?.project(ofModule: report.run.moduleID) else {
            throw Problem(
                .conflict,
                "no project of the module \(report.run.moduleID) lies below the folder that --projects names"
            )
        }
        var request = RunRequest(project: project, author: name)
        request.editions = [report.run.editionID]
        request.reason = String(reason.prefix(StoredAnnotation.noteLimit))
        request.retryOf = runID
        request.waitsForApproval = waitsForApproval
        return request
    }
}

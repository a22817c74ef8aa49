import Analysis
import Baselines
import HTTPTypes
import Runs

/// Where runs are asked for, from the API and from the page.
struct RunDesk {
    let state: WebState

    /// Throws a `Problem` where the run cannot be taken.
    func submit(_ run: RunRequest) throws -> QueuedRun {
        guard let queue = state.queue else {
            throw Problem(.forbidden, "this service runs no projects: start it with --projects DIR")
        }
        do {
            return try queue.submit(run)
        } catch {
            throw Problem(error)
        }
    }

    /// A run once more, because a person wants it; throws a `Problem` where it is unknown, or no project has its module.
    func repeated(_ runID: String, by name: String, reason: String, waitsForApproval: Bool) async throws -> QueuedRun {
        guard let run = try await state.store.run(runID) else {
            throw Problem(.notFound, "there is no run \(runID)")
        }
        guard let project = state.queue?.project(ofModule: run.moduleID) else {
            throw Problem(
                .conflict,
                "no project of the module \(run.moduleID) lies below the folder that --projects names"
            )
        }
        var request = RunRequest(project: project, author: name)
        request.editions = [run.editionID]
        request.reason = reason
        request.retryOf = runID
        request.waitsForApproval = waitsForApproval
        return try submit(request)
    }
}

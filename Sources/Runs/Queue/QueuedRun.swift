import Plans

/// A run that somebody asked the service for, from the wish to its end.
package struct QueuedRun: Sendable, Hashable, Codable {
    package enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// For somebody's approval.
        case waiting
        /// For its target, or for a free place.
        case queued
        case running
        case finished
        /// Could not be carried out, or was rejected.
        case failed
        case cancelled

        package var isOver: Bool { self == .finished || self == .failed || self == .cancelled }
    }

    package var id: String
    /// Below the folder of projects.
    package var project: String
    package var moduleID: String
    package var editions: [String]
    /// Base URL of what is loaded.
    package var target: String
    package var author: String
    package var reason: String
    /// The run that this one repeats.
    package var retryOf: String?
    package var approvedBy: String?
    package var state: State
    /// Unix nanoseconds.
    package var requestedAt: UInt64
    package var startedAt: UInt64?
    package var endedAt: UInt64?
    /// The newest word about it, for people.
    package var progress: String
    /// Of the test that runs, 0...1.
    package var share: Double?
    /// Of the runs it became, one an edition and attempt.
    package var runIDs: [String]
    package var exitCode: Int?
}

extension QueuedRun {
    /// A run that was just asked for; `now` in Unix nanoseconds.
    init(_ request: RunRequest, of project: Project, at now: UInt64) {
        var random = SystemRandomNumberGenerator()
        self.init(
            id: "q-" + String(random.next(), radix: 36),
            project: request.project,
            moduleID: project.plan.moduleID,
            editions: request.editions,
            target: project.plan.target.baseURL,
            author: request.author,
            reason: String(decoding: request.reason.utf8.prefix(RunRequest.reasonLimit), as: UTF8.self),
            retryOf: request.retryOf,
            state: request.waitsForApproval ? .waiting : .queued,
            requestedAt: now,
            progress: request.waitsForApproval ? "waits for an approval" : "waits for its target",
            runIDs: []
        )
    }
}

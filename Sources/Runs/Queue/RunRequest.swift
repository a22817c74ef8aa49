/// What somebody wants to be run.
package struct RunRequest: Sendable, Hashable {
    /// Of the reason, bytes of UTF-8; the queue cuts a longer one.
    package static let reasonLimit = 4_000

    /// Below the folder of projects, such as `shop/perf`.
    package var project: String
    /// Empty for the plan's.
    package var editions: [String] = []
    package var author: String
    package var reason = ""
    package var retryOf: String?
    /// Somebody has to approve it first.
    package var waitsForApproval = false

    package init(project: String, author: String) {
        self.project = project
        self.author = author
    }
}

/// What somebody wants to be run.
package struct RunRequest: Sendable, Hashable {
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

/// The merge or pull request that a CI job runs for, and how its comments are reached.
package struct MergeRequest: Sendable, Hashable {
    /// Whose API it is.
    package enum Forge: Sendable, Hashable {
        case gitlab, github
    }

    package var forge: Forge
    /// Where its comments are listed and made.
    package var commentsURL: String
    /// Of one comment, before its id.
    package var commentURLPrefix: String
    /// Never printed, and in no error.
    package var token: String

    /// What the environment of a CI job says; a token comes from `PLIMSOLL_TOKEN`, else the forge's own variable.
    ///
    /// - Throws: `RunFailure.badOption` naming the variable that is missing.
    package init(environment: [String: String]) throws(RunFailure) {
        func value(_ names: String..., for purpose: String) throws(RunFailure) -> String {
            for name in names {
                if let value = environment[name], !value.isEmpty { return value }
            }
            throw .badOption("no comment can be posted: \(names.joined(separator: " or ")) must be set (\(purpose))")
        }
        if environment["GITHUB_ACTIONS"] == "true" || environment["GITHUB_REPOSITORY"] != nil {
            let repository = try value("GITHUB_REPOSITORY", for: "owner/name")
            let number = try MergeRequest.pullRequest(environment)
            let api = environment["GITHUB_API_URL"] ?? "https://api.github.com"
            forge = .github
            commentsURL = "\(api)/repos/\(repository)/issues/\(number)/comments"
            commentURLPrefix = "\(api)/repos/\(repository)/issues/comments/"
            token = try value("PLIMSOLL_TOKEN", "GITHUB_TOKEN", for: "a token that may write to pull requests")
            return
        }
        let api = try value("CI_API_V4_URL", for: "set by GitLab CI; on GitHub GITHUB_REPOSITORY is")
        let project = try value("CI_PROJECT_ID", for: "set by GitLab CI")
        let number = try value("CI_MERGE_REQUEST_IID", for: "set in merge request pipelines")
        forge = .gitlab
        commentsURL = "\(api)/projects/\(project)/merge_requests/\(number)/notes"
        commentURLPrefix = commentsURL + "/"
        token = try value("PLIMSOLL_TOKEN", "GITLAB_TOKEN", for: "a token with the scope api")
    }

    // Of a workflow that runs for a pull request the ref is `refs/pull/7/merge`.
    private static func pullRequest(_ environment: [String: String]) throws(RunFailure) -> String {
        if let given = environment["PLIMSOLL_PULL_REQUEST"], !given.isEmpty { return given }
        let parts = (environment["GITHUB_REF"] ?? "").split(separator: "/")
        guard parts.count >= 3, parts[1] == "pull", parts[2].allSatisfy(\.isNumber) else {
            throw .badOption(
                "no comment can be posted: this workflow runs for no pull request; set PLIMSOLL_PULL_REQUEST to its number"
            )
        }
        return String(parts[2])
    }
}

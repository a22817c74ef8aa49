/// Where issues of a repository are listed and made, and by whose token.
package struct IssueTracker: Sendable, Hashable {
    package var forge: MergeRequest.Forge
    package var issuesURL: String
    /// Never printed, and in no error.
    package var token: String

    /// What the environment of a CI job says; a token comes from `PLIMSOLL_TOKEN`, else the forge's own variable.
    ///
    /// - Throws: `RunFailure.badOption` naming what is missing.
    package init(environment: [String: String]) throws(RunFailure) {
        func value(_ names: String...) throws(RunFailure) -> String {
            for name in names {
                if let value = environment[name], !value.isEmpty { return value }
            }
            throw .badOption("no issue can be opened: \(names.joined(separator: " or ")) must be set")
        }
        if environment["GITHUB_REPOSITORY"] != nil {
            let repository = try value("GITHUB_REPOSITORY")
            forge = .github
            issuesURL = "\(environment["GITHUB_API_URL"] ?? "https://api.github.com")/repos/\(repository)/issues"
            token = try value("PLIMSOLL_TOKEN", "GITHUB_TOKEN")
            return
        }
        forge = .gitlab
        let api = try value("CI_API_V4_URL")
        issuesURL = "\(api)/projects/\(try value("CI_PROJECT_ID"))/issues"
        token = try value("PLIMSOLL_TOKEN", "GITLAB_TOKEN")
    }

    var bodyKey: String { forge == .gitlab ? "description" : "body" }
}

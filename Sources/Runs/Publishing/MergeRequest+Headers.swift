import Curl

extension MergeRequest.Forge {
    /// What either forge's API wants to see with every request.
    func headers(token: String) -> [HTTPHeader] {
        let agent = HTTPHeader(name: "User-Agent", value: "plimsoll/\(PlimsollVersion.current)")
        return switch self {
        case .gitlab: [agent, HTTPHeader(name: "PRIVATE-TOKEN", value: token)]
        case .github:
            [
                agent, HTTPHeader(name: "Authorization", value: "Bearer \(token)"),
                HTTPHeader(name: "Accept", value: "application/vnd.github+json"),
                HTTPHeader(name: "X-GitHub-Api-Version", value: "2022-11-28"),
            ]
        }
    }
}

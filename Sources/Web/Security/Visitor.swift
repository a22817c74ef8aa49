import Authentication

/// Who asks, as far as it is known.
struct Visitor: Sendable {
    /// Of the token; `local` where no tokens are set.
    var name = "nobody"
    var scopes: Set<AccessScope> = []
    /// What forms of this visitor must carry.
    var formToken = ""
    /// Came in with a cookie, so a hostile page could have sent the request: forms must prove that they are ours.
    var isBrowserSession = false

    var mayWrite: Bool { scopes.contains(.write) }
}

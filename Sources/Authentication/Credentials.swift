/// Everything that opens a port: what was given at the start, and the tokens of a file.
///
/// Safe to use from any thread; a copy sees the same file.
package struct Credentials: Sendable, Hashable {
    package var given: [AccessToken]
    package var file: TokenBook?

    package init(given: [AccessToken] = [], file: TokenBook? = nil) {
        self.given = given
        self.file = file
    }

    /// Nothing is asked of anybody.
    package var isOpen: Bool { given.isEmpty && file == nil }

    /// Of all of them.
    package var scopes: Set<AccessScope> { all.reduce(into: []) { $0.formUnion($1.scopes) } }

    /// What a client without access is told to show.
    package var challenge: String {
        let onlyBasic = file == nil && !given.isEmpty && given.allSatisfy { $0.scheme == .basic }
        return onlyBasic ? #"Basic realm="plimsoll""# : #"Bearer realm="plimsoll""#
    }

    /// Whose the value of an `Authorization` header is; `nil` for a secret nobody has, and for no header.
    package func token(inHeader header: String?) -> AccessToken? {
        guard let header, let space = header.firstIndex(of: " "),
            let scheme = AccessToken.Scheme(rawValue: header[..<space].lowercased())
        else { return nil }
        return token(String(header[space...].drop { $0 == " " }), scheme)
    }

    /// Whose a secret is; `nil` for one nobody has.
    ///
    /// All are looked at, and digests compared as a whole, so that the time taken says nothing of how much was right.
    package func token(_ text: String, _ scheme: AccessToken.Scheme = .bearer) -> AccessToken? {
        let digest = SecretText.digest(text)
        var found: AccessToken?
        for token in all where SecretText.isSame(token.digest, digest) && token.scheme == scheme { found = token }
        return found
    }

    /// A token as it is now: `nil` once it was taken from the file, with other scopes once they were changed.
    package func current(_ token: AccessToken) -> AccessToken? {
        all.last { $0.scheme == token.scheme && SecretText.isSame($0.digest, token.digest) }
    }

    private var all: [AccessToken] { given + (file?.tokens ?? []) }
}

/// Why a request got no answer, or could not be made.
package struct CurlError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case invalidRequest, dns, refused, reset, tls, timeout
        /// The body was longer than the request allowed.
        case tooLarge
        /// Too many requests were waiting already.
        case queueFull
        /// This process ran out of file descriptors, local ports or memory: not the target's fault.
        case exhausted
        case cancelled
        /// Any other error of libcurl.
        case transport
    }

    package var kind: Kind
    /// One sentence for people: what failed, for which host and path, in libcurl's words.
    ///
    /// Holds no query, no credentials, no header and no body.
    package var description: String

    package init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}

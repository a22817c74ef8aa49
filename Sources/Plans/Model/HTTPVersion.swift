/// The words of the plan's `httpVersion`.
package enum HTTPVersion: String, Sendable, Hashable, CaseIterable {
    case http1 = "1.1"
    /// Over TLS only where libcurl cannot speak it in plain text.
    case http2 = "2"
}

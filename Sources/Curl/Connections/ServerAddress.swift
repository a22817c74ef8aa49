/// Scheme, host and port of a URL: what a request reaches.
package struct ServerAddress: Sendable, Hashable {
    package var scheme: String
    /// In lower case, without the brackets of an IPv6 literal.
    package var host: String
    package var port: Int

    package init(_ url: TargetURL) {
        scheme = url.scheme
        host = url.host.lowercased()
        port = url.port
    }
}

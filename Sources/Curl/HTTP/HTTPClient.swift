import Synchronization

/// A small HTTP/1.1 client for everything that is not load: health checks, scrapes, exports.
///
/// It runs on one thread of its own and keeps connections alive. Requests beyond `connections` wait in a bounded queue;
/// a full queue refuses. Redirects are not followed, proxies of the environment are not used.
package final class HTTPClient: Sendable {
    private let exchange: HTTPExchange?

    /// `connections` is how many requests are in flight at most, 1...128.
    package init(connections: Int = 8) {
        exchange = HTTPExchange.start(connections: min(max(connections, 1), 128))
    }

    deinit { exchange?.close() }

    /// Sends one request and waits for the whole answer, of whatever status.
    ///
    /// Cancelling the task ends it at once with `cancelled`.
    package func send(_ request: HTTPRequest) async throws(CurlError) -> HTTPResponse {
        let url = try TargetURL(request.url)
        let name = "\(request.method) \(url.display)"
        if let header = request.headers.first(where: { !$0.isWellFormed }) {
            throw CurlError(.invalidRequest, "\(name): header \(header.name.debugDescription) is malformed")
        }
        guard let exchange else { throw CurlError(.exhausted, "\(name): cannot start the client's thread") }
        return try await exchange.send(request, named: name)
    }
}

/// A small HTTP/1.1 client for everything that is not load: health checks, scrapes, exports.
package final class HTTPClient: Sendable {
    package init(connections: Int = 8) {}

    /// Sends one request and waits for the whole answer.
    package func send(_ request: HTTPRequest) async throws(CurlError) -> HTTPResponse {
        throw CurlError(.transport, "\(request.method) not there yet")
    }
}

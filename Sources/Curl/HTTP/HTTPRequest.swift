/// One HTTP request for `HTTPClient`.
package struct HTTPRequest: Sendable {
    package var method: String
    /// Absolute, `http` or `https`.
    package var url: String
    package var headers: [HTTPHeader]
    package var body: [UInt8]
    /// From `send` to the last byte, waiting for a free connection included.
    package var timeout: Duration
    /// A longer body ends the request with `CurlError.Kind.tooLarge`.
    package var maximumResponseBytes: Int
    package var connection = ConnectionSettings()

    package init(
        method: String = "GET",
        url: String,
        headers: [HTTPHeader] = [],
        body: [UInt8] = [],
        timeout: Duration = .seconds(10),
        maximumResponseBytes: Int = 4 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.maximumResponseBytes = maximumResponseBytes
    }
}

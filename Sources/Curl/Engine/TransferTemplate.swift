/// What all requests of a `TransferLoop` have in common.
package struct TransferTemplate: Sendable {
    package var method: String
    /// Absolute; `TransferLoop.setURL` replaces it for one transfer.
    package var url: String
    /// Sent with every request, in this order.
    package var headers: [HTTPHeader]
    /// Headers that `TransferLoop.setHeaderLine` rewrites for each request, by their index here; sent first.
    package var variableHeaders: [HTTPHeader]
    /// Shared by all transfers; `TransferLoop.setBody` replaces it for one transfer.
    package var body: [UInt8]
    /// From the start of a transfer to its last byte.
    package var timeout: Duration
    /// Looked up once, see there; `nil` leaves the lookup to libcurl.
    package var address: PinnedAddress?
    package var connection = ConnectionSettings()
    /// Value of the `Cookie` header, sent with those that answers have set; `TransferLoop.setCookieHeader` replaces it.
    package var cookie: String?
    /// `nil` leaves an answer that redirects as the answer.
    package var redirects: RedirectRule?
    /// `nil` counts the bytes of answers and keeps nothing.
    package var capture: CapturePolicy?

    package init(
        method: String,
        url: String,
        headers: [HTTPHeader] = [],
        variableHeaders: [HTTPHeader] = [],
        body: [UInt8] = [],
        timeout: Duration,
        address: PinnedAddress? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.variableHeaders = variableHeaders
        self.body = body
        self.timeout = timeout
        self.address = address
    }
}

/// An answer as a `CapturePolicy` keeps it.
package struct CapturedAnswer: Sendable {
    package var headers: [HTTPHeader]
    package var body: [UInt8]
    /// Whether the body was longer than the policy's limit.
    package var isTruncated: Bool
    /// All cookies known after the answer, in libcurl's own lines; for `TransferLoop.setCookies`.
    package var cookies: [String]

    package init(headers: [HTTPHeader], body: [UInt8], isTruncated: Bool = false, cookies: [String] = []) {
        self.headers = headers
        self.body = body
        self.isTruncated = isTruncated
        self.cookies = cookies
    }

    /// The first value of a header, names compared without case.
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

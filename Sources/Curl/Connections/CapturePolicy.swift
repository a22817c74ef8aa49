/// What of each answer a template's transfers keep, beside counting its bytes.
package struct CapturePolicy: Sendable, Hashable {
    /// Bytes of the body that are kept; the rest is read and thrown away.
    package var bodyLimit: Int
    /// Whether cookies that answers set are kept for `CapturedAnswer.cookies`.
    package var keepsCookies: Bool

    package init(bodyLimit: Int = 1 << 20, keepsCookies: Bool = false) {
        self.bodyLimit = bodyLimit
        self.keepsCookies = keepsCookies
    }
}

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

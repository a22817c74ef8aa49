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

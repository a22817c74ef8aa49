/// How one transfer ended.
package struct TransferResult: Sendable {
    package var slot: Int
    /// `MonotonicClock` nanoseconds when libcurl reported the end, or when the kernel took in the answer's last byte.
    package var finishedAt: UInt64
    /// Answered HTTP status; 0 when none arrived.
    package var status: Int
    /// `nil` for a complete answer, whatever its status.
    package var failure: CurlError.Kind?
    /// Headers and body, without TLS.
    package var bytesSent: UInt64
    package var bytesReceived: UInt64
    /// 0 on a kept connection; more than 1 when an attempt on a dead connection was repeated.
    package var connectionsOpened: Int
    package var phases: TransferPhases
    /// Whether the answer came over HTTP/2; only known where the template asks for it.
    package var isHTTP2 = false
    /// Whether the answer is a redirect that the template's rule forbids: one too many, or to another server.
    package var refusedRedirect = false
    /// Bytes of the body alone, as they came over the wire.
    package var bodyBytes: UInt64 = 0
    /// What the template's capture policy keeps.
    package var answer: CapturedAnswer?

    package init(
        slot: Int,
        finishedAt: UInt64,
        status: Int,
        failure: CurlError.Kind?,
        bytesSent: UInt64,
        bytesReceived: UInt64,
        connectionsOpened: Int,
        phases: TransferPhases
    ) {
        self.slot = slot
        self.finishedAt = finishedAt
        self.status = status
        self.failure = failure
        self.bytesSent = bytesSent
        self.bytesReceived = bytesReceived
        self.connectionsOpened = connectionsOpened
        self.phases = phases
    }
}

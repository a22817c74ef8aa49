/// How one transfer ended.
package struct TransferResult: Sendable {
    package var slot: Int
    /// `MonotonicClock` nanoseconds when libcurl reported the end.
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
}

/// Where a transfer's time went, nanoseconds at libcurl's microsecond resolution.
package struct TransferPhases: Sendable, Hashable {
    package var dns: UInt64 = 0
    package var connect: UInt64 = 0
    /// 0 without TLS.
    package var tls: UInt64 = 0
    /// From the request handed over to the first byte of the answer.
    package var wait: UInt64 = 0
    package var receive: UInt64 = 0
}

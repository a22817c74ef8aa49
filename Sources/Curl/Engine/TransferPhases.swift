/// Where a transfer's time went, nanoseconds at libcurl's microsecond resolution.
package struct TransferPhases: Sendable, Hashable {
    package var dns: UInt64 = 0
    package var connect: UInt64 = 0
    /// 0 without TLS.
    package var tls: UInt64 = 0
    /// From the request handed over to the first byte of the answer.
    package var wait: UInt64 = 0
    package var receive: UInt64 = 0

    package init(dns: UInt64 = 0, connect: UInt64 = 0, tls: UInt64 = 0, wait: UInt64 = 0, receive: UInt64 = 0) {
        self.dns = dns
        self.connect = connect
        self.tls = tls
        self.wait = wait
        self.receive = receive
    }

    static func + (left: TransferPhases, right: TransferPhases) -> TransferPhases {
        TransferPhases(
            dns: left.dns + right.dns,
            connect: left.connect + right.connect,
            tls: left.tls + right.tls,
            wait: left.wait + right.wait,
            receive: left.receive + right.receive
        )
    }
}

/// What the answers before the last one cost, for the sum over a request's redirects.
struct RedirectHops {
    var count = 0
    /// When the whole request must have ended, `MonotonicClock` nanoseconds; `nil` before the first redirect.
    var deadline: UInt64?
    /// Whether a redirect has turned the request into a `GET`.
    var isGet = false
    var bytesSent: UInt64 = 0
    var bytesReceived: UInt64 = 0
    var connectionsOpened = 0
    var phases = TransferPhases()

    mutating func add(_ result: TransferResult) {
        count += 1
        bytesSent += result.bytesSent
        bytesReceived += result.bytesReceived
        connectionsOpened += result.connectionsOpened
        phases = phases + result.phases
    }

    /// The last answer with the cost of those before it.
    func total(with last: TransferResult) -> TransferResult {
        guard count > 0 else { return last }
        var total = last
        total.bytesSent += bytesSent
        total.bytesReceived += bytesReceived
        total.connectionsOpened += connectionsOpened
        total.phases = phases + last.phases
        return total
    }
}

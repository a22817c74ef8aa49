import Curl

/// What to do with a batch after an answer: the client rules of the OTLP specification ("Failures", "Throttling").
struct ExportRetryPolicy {
    enum Decision: Hashable {
        case arrived(PartialSuccess)
        case giveUp(String)
        case retry(after: Duration, String)
    }

    /// The only statuses a client may send the same batch again for.
    static let retryableStatuses: Set<Int> = [429, 502, 503, 504]

    let settings: ExporterSettings

    /// After the answer to attempt number `attempt` (1-based).
    ///
    /// `jitter`, in 0...1, spreads the clients of a receiver that comes back.
    func decision(on response: HTTPResponse, attempt: Int, jitter: Double) -> Decision {
        if (200..<300).contains(response.status) { return .arrived(PartialSuccess(response: response.body)) }
        let reason = "the receiver answered \(response.status)"
        guard Self.retryableStatuses.contains(response.status), attempt < settings.attempts else {
            return .giveUp(reason)
        }
        // The other form of Retry-After, a date, would tie the wait to two clocks: the own backoff serves as well.
        let asked = response.header("retry-after").flatMap { UInt32($0) }.map { Duration.seconds($0) }
        return .retry(after: min(asked ?? backoff(attempt, jitter), settings.longestBackoff), reason)
    }

    /// After attempt number `attempt` got no answer: the receiver may be starting still.
    func decision(on error: CurlError, attempt: Int, jitter: Double) -> Decision {
        guard attempt < settings.attempts else { return .giveUp(error.description) }
        return .retry(after: backoff(attempt, jitter), error.description)
    }

    /// Doubles with each attempt; a quarter of it is up to `jitter`.
    private func backoff(_ attempt: Int, _ jitter: Double) -> Duration {
        let doubled = settings.firstBackoff * (1 << min(attempt - 1, 16))
        return min(doubled * (0.75 + 0.25 * jitter), settings.longestBackoff)
    }
}

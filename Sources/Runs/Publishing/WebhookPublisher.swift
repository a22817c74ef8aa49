package import Analysis
import Curl
import Telemetry

/// Sends webhooks: a few attempts with growing pauses, then it is said and given up.
package struct WebhookPublisher: Sendable {
    /// Sendings, the first one included.
    private static let attempts = 4
    private static let longestPause = Duration.seconds(60)

    private let client = HTTPClient(connections: 1)
    private let firstPause: Duration
    private let timeout: Duration

    /// `firstPause` is doubled from one attempt to the next; `timeout` is how long one attempt may take.
    package init(firstPause: Duration = .seconds(1), timeout: Duration = .seconds(10)) {
        self.firstPause = firstPause
        self.timeout = timeout
    }

    /// - Throws: `RunFailure.notCarriedOut` when the server refuses, or does not answer in four attempts.
    package func publish(_ report: CheckReport, to webhook: Webhook) async throws {
        let body = try webhook.body(report)
        var pause = firstPause
        var cause = ""
        for attempt in 1...Self.attempts {
            switch await send(body, to: webhook) {
            case .taken: return
            case .refused(let status):
                throw RunFailure.notCarriedOut("the webhook was refused: its server answers \(status)")
            case .failed(let reason, let wait):
                cause = reason
                pause = min(max(pause, wait), Self.longestPause)
            }
            guard attempt < Self.attempts else { break }
            try await Task.sleep(for: pause)
            pause *= 2
        }
        // The address may hold a secret, so it is not told.
        throw RunFailure.notCarriedOut("the webhook could not be delivered in \(Self.attempts) attempts: \(cause)")
    }

    private enum Outcome {
        case taken
        /// Again would be refused again.
        case refused(Int)
        /// At the earliest after what the server asked for.
        case failed(String, wait: Duration)
    }

    private func send(_ body: [UInt8], to webhook: Webhook) async -> Outcome {
        var headers = [
            HTTPHeader(name: "Content-Type", value: "application/json"),
            HTTPHeader(name: "User-Agent", value: "plimsoll/\(PlimsollVersion.current)"),
        ]
        if let secret = webhook.secret {
            let timestamp = String(WallClock.now() / 1_000_000_000)
            headers.append(HTTPHeader(name: "X-Plimsoll-Timestamp", value: timestamp))
            let signature = Webhook.signature(secret: secret, timestamp: timestamp, body: body)
            headers.append(HTTPHeader(name: "X-Plimsoll-Signature", value: signature))
        }
        let request = HTTPRequest(
            method: "POST",
            url: webhook.url,
            headers: headers,
            body: body,
            timeout: timeout,
            maximumResponseBytes: 1 << 16
        )
        do throws(CurlError) {
            let answer = try await client.send(request)
            switch answer.status {
            case 200..<300: return .taken
            case 408, 425, 429, 500...:
                let wait = answer.header("Retry-After").flatMap { UInt32($0) }.map { Duration.seconds($0) }
                return .failed("its server answers \(answer.status)", wait: wait ?? .zero)
            default: return .refused(answer.status)
            }
        } catch {
            return .failed(error.kind == .timeout ? "no answer within \(timeout)" : "no answer", wait: .zero)
        }
    }
}

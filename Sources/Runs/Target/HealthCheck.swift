import Curl
import LoadGeneration
import Plans

/// Waits until the target answers its health check with a 2xx or 3xx.
struct HealthCheck: Sendable {
    let url: String
    let timeout: Duration
    let headers: [HTTPHeader]
    let connection: ConnectionSettings
    let client: HTTPClient

    init(target: TargetPlan, client: HTTPClient) {
        let path = target.healthCheck.path
        url = target.baseURL + (path.hasPrefix("/") ? path : "/" + path)
        timeout = target.healthCheck.timeout
        headers = target.headers.map { HTTPHeader(name: $0.name, value: $0.value) }
        var connection = ConnectionSettings(target.transport)
        // Some libcurl cannot use a plaintext HTTP/2 connection twice; that is no news about the target's health.
        connection.keepsAlive = false
        self.connection = connection
        self.client = client
    }

    private func request(timeout: Duration) -> HTTPRequest {
        var request = HTTPRequest(url: url, headers: headers, timeout: timeout)
        request.connection = connection
        return request
    }

    /// Whether anything at all answers there now.
    func isAnswering() async -> Bool {
        (try? await client.send(request(timeout: .seconds(1)))) != nil
    }

    /// Returns how long it took.
    ///
    /// - Throws: `RunFailure.notCarriedOut` when the target died, or never got healthy in time;
    ///   `RunFailure.interrupted` on Ctrl-C.
    func wait(for target: RunningTarget?, interruption: RunInterruption) async throws -> Duration {
        let start = ContinuousClock.now
        var last = "no answer"
        while true {
            if interruption.isRequested { throw RunFailure.interrupted }
            if let target, !target.isAlive {
                throw RunFailure.notCarriedOut("the target's start command ended before it was healthy" + said(target))
            }
            do throws(CurlError) {
                let response = try await client.send(request(timeout: .seconds(2)))
                if (200..<400).contains(response.status) { return ContinuousClock.now - start }
                last = "HTTP \(response.status)"
            } catch {
                last = "\(error)"
            }
            if ContinuousClock.now - start >= timeout {
                let advice = target == nil ? "; start it, or give target.start so that Plimsoll does" : ""
                throw RunFailure.notCarriedOut(
                    "the target is not healthy after \(timeout.seconds) s: \(url) gave \(last)\(advice)"
                        + (target.map(said) ?? "")
                )
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private func said(_ target: RunningTarget) -> String {
        let lines = target.lastLines(3).map { $0.trimmingPrefix(while: \.isWhitespace) }
        let words = lines.isEmpty ? "it printed nothing" : "it last said: " + lines.joined(separator: " | ")
        return "; \(words) (whole log: \(target.logPath))"
    }
}

import Curl
import Testing

@testable import Exporters

struct ExportRetryPolicyTests {
    private let policy = ExportRetryPolicy(
        settings: ExporterSettings(attempts: 4, firstBackoff: .milliseconds(100), longestBackoff: .seconds(2))
    )

    private func answer(_ status: Int, retryAfter: String? = nil) -> HTTPResponse {
        HTTPResponse(status: status, headers: retryAfter.map { [HTTPHeader(name: "Retry-After", value: $0)] } ?? [])
    }

    private func delay(_ response: HTTPResponse, attempt: Int = 1, jitter: Double = 1) -> Duration? {
        guard case .retry(let delay, _) = policy.decision(on: response, attempt: attempt, jitter: jitter) else {
            return nil
        }
        return delay
    }

    @Test func `waits as long as the receiver asks`() {
        #expect(delay(answer(429, retryAfter: "1")) == .seconds(1))
        #expect(delay(answer(503, retryAfter: "0")) == .zero)
    }

    @Test func `waits no longer than the longest backoff`() {
        #expect(delay(answer(503, retryAfter: "3600")) == .seconds(2))
        #expect(delay(answer(503, retryAfter: "4294967295")) == .seconds(2))
    }

    @Test(arguments: ["soon", "-1", "1.5", "Wed, 21 Oct 2026 07:28:00 GMT", ""])
    func `a Retry-After that is no number of seconds falls back to the backoff`(value: String) {
        #expect(delay(answer(503, retryAfter: value)) == .milliseconds(100))
    }

    @Test func `the backoff doubles`() {
        #expect((1...3).map { delay(answer(503), attempt: $0) } == [100, 200, 400].map { .milliseconds($0) })
    }

    @Test func `jitter takes a quarter off at most`() {
        #expect(delay(answer(503), jitter: 0) == .milliseconds(75))
    }

    @Test func `gives up after the last attempt`() {
        #expect(delay(answer(503), attempt: 4) == nil)
        let lost = policy.decision(on: CurlError(.refused, "nobody there"), attempt: 4, jitter: 0)
        #expect(lost == .giveUp("nobody there"))
    }

    @Test func `tries again when there was no answer`() {
        let decision = policy.decision(on: CurlError(.refused, "nobody there"), attempt: 1, jitter: 1)
        #expect(decision == .retry(after: .milliseconds(100), "nobody there"))
    }
}

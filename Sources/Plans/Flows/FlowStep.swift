/// One request of a composite test's flow.
package struct FlowStep: Sendable, Hashable {
    /// Unique in its flow.
    package var name: String
    package var method: String
    /// With its leading slash, or starting with `{{name}}`; templates may name what earlier steps have captured.
    package var path: String
    /// Another server than the target's, which the plan names; such as `https://cdn.local:8443`.
    package var origin: String?
    package var headers: [HeaderField]
    package var cookies: [HeaderField]
    package var body: RequestBody?
    package var expectation: ResponseExpectation
    package var captures: [CapturePlan]
    /// Pause before the next step, drawn evenly from the range.
    package var thinkTime: ClosedRange<Duration>
    /// Of this request.
    package var timeout: Duration

    package init(
        name: String,
        method: String = "GET",
        path: String,
        origin: String? = nil,
        headers: [HeaderField] = [],
        cookies: [HeaderField] = [],
        body: RequestBody? = nil,
        expectation: ResponseExpectation = ResponseExpectation(),
        captures: [CapturePlan] = [],
        thinkTime: ClosedRange<Duration> = .zero ... .zero,
        timeout: Duration = .seconds(10)
    ) {
        self.name = name
        self.method = method
        self.path = path
        self.origin = origin
        self.headers = headers
        self.cookies = cookies
        self.body = body
        self.expectation = expectation
        self.captures = captures
        self.thinkTime = thinkTime
        self.timeout = timeout
    }
}

/// Reads what a test sends.
struct RequestReader {
    let sources: PlanSources
    let base: BaseAddress?
    let allowed: [BaseAddress]

    /// What a test sends; the test after it sends the same unless it says otherwise.
    struct Request {
        var endpoint: EndpointReader.Endpoint?
        var headers: [HeaderField] = []
        var cookies: [HeaderField] = []
        var body: RequestBody?
        var expectation: ResponseExpectation?
    }

    func request(_ settings: TestSettings, after previous: Request?) -> Request {
        var request = previous ?? Request()
        if let value = settings.own("endpoint") {
            // Another endpoint is another request: nothing of the one before it fits.
            request = Request(endpoint: endpoint(value))
        } else if previous == nil {
            settings.test.value.error(
                "`endpoint` is missing, and no test before this one has any; example: `\(EndpointReader.example)`"
            )
        }
        if let value = settings.test.section("headers") {
            request.headers = HeaderReader(sources: sources).headers(value)
        }
        if let value = settings.test.section("auth"), let header = AuthReader(sources: sources).header(value) {
            if settings.test.section("headers") == nil {
                request.headers.removeAll { $0.name.lowercased() == "authorization" }
            }
            request.headers.setAuthorization(header, reportingTo: value)
        }
        if let value = settings.test.section("cookies") {
            request.cookies = HeaderReader(sources: sources).cookies(value)
        }
        if let value = settings.own("body") { request.body = BodyReader(sources: sources).body(value) }
        let expectations = ExpectationReader(
            sources: sources,
            request: request.endpoint.map { ($0.method, $0.path) }
        )
        if let value = settings.test.section("expect") {
            request.expectation = expectations.expectation(value)
        } else if request.expectation == nil, let value = settings.defaults?.section("expect") {
            request.expectation = expectations.expectation(value)
        }
        return request
    }

    private func endpoint(_ value: YAMLValue) -> EndpointReader.Endpoint? {
        guard let endpoint = EndpointReader(base: base, allowed: allowed).endpoint(value),
            sources.checkTemplates(in: endpoint.path, [], for: value)
        else { return nil }
        return endpoint
    }
}

extension [HeaderField] {
    /// These, with those of the same name replaced and the others added.
    func replaced(by others: [HeaderField]) -> [HeaderField] {
        filter { field in !others.contains { $0.name == field.name } } + others
    }
}

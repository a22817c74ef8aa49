/// Reads one entry of the plan's `tests`.
struct TestReader {
    static let example = "tests: [{ type: load, endpoint: GET /health, rps: 10, duration: 30s }]"

    let environment: EnvironmentReader
    let endpoints: EndpointReader
    let defaults: YAMLMap?

    /// What a test sends; the test after it sends the same unless it says otherwise.
    struct Request {
        var endpoint: EndpointReader.Endpoint?
        var headers = HeaderReader.Headers()
        var body: RequestBody?
        var expectation: ResponseExpectation?
    }

    struct Test {
        /// `nil` after errors; the request is there all the same, for the test that inherits it.
        var definition: TestDefinition?
        var request: Request
        /// Whether the plan names the test itself.
        var isNamed = false
        var nameValue: YAMLValue?
    }

    func test(_ value: YAMLValue, after previous: Request?) -> Test? {
        guard let map = value.map(PlanKeys.test, example: TestReader.example) else { return nil }
        let settings = TestSettings(test: map, defaults: defaults)
        var test = Test(request: request(settings, after: previous))
        let schedule = schedule(settings)
        let details = details(settings)
        let name = map["name"].flatMap { $0.text(example: "name: checkout under load") }
        guard let endpoint = test.request.endpoint, let schedule, let details else { return test }
        test.isNamed = name != nil
        test.nameValue = map["name"]
        test.definition = TestDefinition(
            type: schedule.type,
            name: name?.onOneLine ?? "\(endpoint.method) \(endpoint.path)",
            method: endpoint.method,
            path: endpoint.path,
            headers: test.request.headers.fields,
            body: test.request.body,
            expectation: test.request.expectation ?? ResponseExpectation(),
            rate: schedule.shape,
            arrivals: details.arrivals,
            duration: schedule.duration,
            warmup: details.warmup,
            timeout: details.timeout,
            connections: details.connections,
            maxLag: details.maxLag,
            seed: details.seed
        )
        return test
    }

    // MARK: What is sent

    private func request(_ settings: TestSettings, after previous: Request?) -> Request {
        var request = previous ?? Request()
        if let value = settings.own("endpoint") {
            // Another endpoint is another request: nothing of the one before it fits.
            request = Request(endpoint: endpoints.endpoint(value))
        } else if previous == nil {
            settings.test.value.error(
                "`endpoint` is missing, and no test before this one has any; example: `\(EndpointReader.example)`"
            )
        }
        if let value = settings.test.section("headers") {
            request.headers = HeaderReader(environment: environment).headers(value)
        }
        if let value = settings.own("body") { request.body = body(value) }
        if let value = settings.test.section("expect") {
            request.expectation = expectation(value)
        } else if request.expectation == nil, let value = defaults?.section("expect") {
            request.expectation = expectation(value)
        }
        return request
    }

    private func body(_ value: YAMLValue) -> RequestBody? {
        let example = "body: { json: { cart: \"{{uuid}}\" } }"
        if let text = value.scalarText, !value.isNull { return .text(text) }
        guard let map = value.map(KnownKeys(known: ["json", "text"]), example: example) else { return nil }
        switch (map["json"], map["text"]) {
        case (let json?, nil): return JSONText.text(of: json).map(RequestBody.json)
        case (nil, let text?):
            guard let content = text.scalarText, !text.isNull else {
                text.expected("text", example: "body: { text: hello }")
                return nil
            }
            return .text(content)
        case (nil, nil), (_?, _?):
            value.error("expected either `json` or `text`; example: `\(example)`")
            return nil
        }
    }

    private func expectation(_ value: YAMLValue) -> ResponseExpectation? {
        let keys = KnownKeys(known: ["status"], unread: ["json", "schema"])
        guard let map = value.map(keys, example: "expect: { status: 200 }") else { return nil }
        guard let status = map["status"] else { return ResponseExpectation() }
        let example = "status: [200, 201]"
        let values = status.scalarText == nil ? status.list(example: example) : [status]
        guard let values, !values.isEmpty else {
            if values != nil { status.error("expected at least one status; example: `\(example)`") }
            return nil
        }
        let statuses = values.compactMap {
            $0.integer("an HTTP status from 100 to 599", in: 100...599, example: example)
        }
        return ResponseExpectation(statuses: Set(statuses))
    }

    // MARK: When it is sent

    private struct Schedule {
        var type: TestType
        var shape: RateShape
        var duration: Duration
    }

    private func schedule(_ settings: TestSettings) -> Schedule? {
        let type = settings.test.required("type", example: "type: load").flatMap(type)
        let rate = settings.required("rps", example: "rps: 100").flatMap { $0.rate(example: "rps: 100") }
        let duration = settings.required("duration", example: "duration: 5m")
            .flatMap { $0.duration(example: "duration: 5m") }
        guard let type, let rate, let duration else { return nil }
        return RateShapeReader(type: type, settings: settings).shape(rate: rate, duration: duration)
            .map { Schedule(type: type, shape: $0, duration: duration) }
    }

    private func type(_ value: YAMLValue) -> TestType? {
        guard let type = value.word(TestType.self) else { return nil }
        guard RateShapeReader.runnable.contains(type) else {
            let runnable = RateShapeReader.runnable.map(\.rawValue).joined(separator: ", ")
            value.error("`\(type.rawValue)` tests are not supported by this version yet; supported now: \(runnable)")
            return nil
        }
        return type
    }

    private struct Details {
        var warmup = Duration.zero
        var timeout = Duration.seconds(10)
        var maxLag = Duration.seconds(1)
        var connections = 256
        var arrivals = ArrivalProcess.uniform
        var seed: UInt64 = 1
    }

    private func details(_ settings: TestSettings) -> Details? {
        var details = Details()
        var isComplete = true
        func read<Value>(_ key: String, into path: WritableKeyPath<Details, Value>, _ read: (YAMLValue) -> Value?) {
            guard let value = settings[key] else { return }
            guard let parsed = read(value) else {
                isComplete = false
                return
            }
            details[keyPath: path] = parsed
        }
        read("warmup", into: \.warmup) { $0.duration(allowsZero: true, example: "warmup: 5s") }
        read("timeout", into: \.timeout) { $0.duration(example: "timeout: 10s") }
        read("maxLag", into: \.maxLag) { $0.duration(allowsZero: true, example: "maxLag: 1s") }
        read("connections", into: \.connections) {
            $0.integer("a whole number from 1 to 65535", in: 1...65_535, example: "connections: 256")
        }
        read("arrivals", into: \.arrivals) { $0.word(ArrivalProcess.self) }
        read("seed", into: \.seed) { $0.integer("a whole number from 0", in: 0...UInt64.max, example: "seed: 42") }
        return isComplete ? details : nil
    }
}

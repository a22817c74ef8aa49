/// Reads one entry of the plan's `tests`.
struct TestReader {
    static let example = "tests: [{ type: load, endpoint: GET /health, rps: 10, duration: 30s }]"

    let sources: PlanSources
    let target: TargetReader.Target
    let defaults: YAMLMap?

    struct Test {
        /// `nil` after errors; the request is there all the same, for the test that inherits it.
        var definition: TestDefinition?
        var request: RequestReader.Request
        /// Whether the plan names the test itself.
        var isNamed = false
        var nameValue: YAMLValue?
        /// The only editions that run it, each with its place.
        var editions: [YAMLValue] = []
    }

    func test(_ value: YAMLValue, after previous: RequestReader.Request?) -> Test? {
        guard let map = value.map(PlanKeys.test, example: TestReader.example) else { return nil }
        let settings = TestSettings(test: map, defaults: defaults)
        let isFlow = FlowReader.isFlow(map)
        var test = Test(request: request(settings, isFlow: isFlow, after: previous))
        let schedule = schedule(settings)
        let details = details(settings)
        let name = map["name"].flatMap { $0.text(example: "name: checkout under load") }
        let flow = isFlow ? flow(settings, type: schedule?.type, timeout: details?.timeout) : FlowReader.Flow(steps: [])
        let steps = flow?.steps
        let first =
            isFlow ? steps?.first.map { ($0.method, $0.path) } : test.request.endpoint.map { ($0.method, $0.path) }
        guard let (method, path) = first, let schedule, let details, let steps else { return test }
        test.isNamed = name != nil
        test.nameValue = map["name"]
        var definition = TestDefinition(
            type: schedule.type,
            name: (name ?? map["flow"]?.scalarText)?.onOneLine ?? TestReader.name(method, path, steps),
            method: method,
            path: path,
            headers: test.request.headers,
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
        definition.origin = test.request.endpoint?.origin
        definition.cookies = target.cookies.replaced(by: test.request.cookies)
        definition.transport = TransportReader(sources: sources).transport(target.plan.transport) { settings[$0] }
        definition.steps = steps
        definition.tags = flow?.tags ?? []
        definition.procedure = schedule.procedure
        definition.excludesFromGate = map["excludeFromGate"]?.flag(example: "excludeFromGate: true") ?? false
        definition.retriesOnFlakiness = map["retryOnFlakiness"]?.flag(example: "retryOnFlakiness: true") ?? false
        test.editions = map.section("editions")?.list(example: "editions: [vetclinic-premium]") ?? []
        definition.editions = test.editions.compactMap { $0.text(example: "vetclinic-premium") }
        if isFlow {
            definition.headers = []
            definition.body = nil
            definition.cookies = []
            definition.origin = nil
        }
        test.definition = definition
        return test
    }

    private static func name(_ method: String, _ path: String, _ steps: [FlowStep]) -> String {
        guard let last = steps.last, steps.count > 1 else { return "\(method) \(path)" }
        return "\(method) \(path) to \(last.method) \(last.path)"
    }

    // MARK: What is sent

    private func request(
        _ settings: TestSettings,
        isFlow: Bool,
        after previous: RequestReader.Request?
    ) -> RequestReader.Request {
        // A flow has requests of its own; the test behind it goes on where the one before stood.
        if isFlow { return previous ?? RequestReader.Request() }
        return RequestReader(sources: sources, base: target.base, allowed: target.allowed)
            .request(settings, after: previous)
    }

    private func flow(_ settings: TestSettings, type: TestType?, timeout: Duration?) -> FlowReader.Flow? {
        FlowReader(sources: sources, target: target, timeout: timeout ?? .seconds(10)).flow(settings.test, type: type)
    }

    // MARK: When it is sent

    private struct Schedule {
        var type: TestType
        var shape: RateShape
        var procedure: TestProcedure
        var duration: Duration
    }

    private func schedule(_ settings: TestSettings) -> Schedule? {
        let type = settings.test.required("type", example: "type: load").flatMap { $0.word(TestType.self) }
        let shapes = RateShapeReader(type: type ?? .load, settings: settings, files: sources.files)
        if let explicit = shapes.explicit {
            guard let type, let shape = explicit.shape else { return nil }
            return Schedule(type: type, shape: shape, procedure: .schedule, duration: shape.duration)
        }
        // Virtual users have no rate: each sends as soon as it is answered.
        let needsRate = type != .concurrency
        let rate = (needsRate ? settings.required("rps", example: "rps: 100") : settings["rps"])
            .flatMap { $0.rate(example: "rps: 100") }
        let duration = settings.required("duration", example: "duration: 5m")
            .flatMap { $0.duration(example: "duration: 5m") }
        guard let type, let duration, rate != nil || !needsRate else { return nil }
        let procedure = ProcedureReader(type: type, settings: settings).procedure(rate: rate, duration: duration)
        guard let procedure, let shape = shapes.shape(rate: rate ?? 0, duration: duration) else { return nil }
        return Schedule(type: type, shape: shape, procedure: procedure, duration: duration)
    }

    private struct Details {
        var warmup = Duration.zero
        var timeout = Duration.seconds(10)
        var maxLag = Duration.seconds(5)
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

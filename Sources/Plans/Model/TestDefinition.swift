/// One entry of the plan's `tests`, with the plan's defaults filled in.
package struct TestDefinition: Sendable, Hashable {
    package var type: TestType
    /// `METHOD /path` unless the plan gives a `name`; unique in the plan.
    package var name: String
    package var method: String
    /// With its leading slash; joined to the target's base URL.
    package var path: String
    package var headers: [HeaderField]
    package var body: RequestBody?
    package var expectation: ResponseExpectation
    package var rate: RateShape
    package var arrivals: ArrivalProcess
    /// Of the schedule, warm-up not included.
    package var duration: Duration
    /// Steady load before the measurement starts, kept out of verdicts.
    package var warmup: Duration
    /// Per request.
    package var timeout: Duration
    /// Connections at most, over all workers.
    package var connections: Int
    /// How long a due arrival may wait for a free connection before it is dropped.
    package var maxLag: Duration
    /// For the arrival process and templates.
    package var seed: UInt64
    /// Another server than the target's, which the plan names; such as `https://cdn.local:8443`.
    package var origin: String?
    package var cookies: [HeaderField] = []
    package var transport = TransportPlan()
    /// The requests of a composite test, in order; empty for every other.
    ///
    /// `method` and `path` are then those of the first step.
    package var steps: [FlowStep] = []
    /// Of its Gherkin scenarios, or the features of its business flow: for people who look for tests by them.
    package var tags: [String] = []
    package var procedure = TestProcedure.schedule
    /// Whether its status leaves the gate as it is: an exploratory test.
    package var excludesFromGate = false
    /// Whether it is repeated once, changed to fit the cause, when it comes out badly.
    package var retriesOnFlakiness = false
    /// The only editions that run it; empty means all.
    package var editions: [String] = []

    package init(
        type: TestType,
        name: String,
        method: String = "GET",
        path: String,
        headers: [HeaderField] = [],
        body: RequestBody? = nil,
        expectation: ResponseExpectation = ResponseExpectation(),
        rate: RateShape,
        arrivals: ArrivalProcess = .uniform,
        duration: Duration,
        warmup: Duration = .zero,
        timeout: Duration = .seconds(10),
        connections: Int = 256,
        maxLag: Duration = .seconds(5),
        seed: UInt64 = 1
    ) {
        self.type = type
        self.name = name
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
        self.expectation = expectation
        self.rate = rate
        self.arrivals = arrivals
        self.duration = duration
        self.warmup = warmup
        self.timeout = timeout
        self.connections = connections
        self.maxLag = maxLag
        self.seed = seed
    }
}

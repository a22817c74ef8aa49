import Curl
package import Plans
package import Telemetry

/// Sends the load that a plan asks for, test after test, and measures it.
///
/// The model is open: arrivals are due by the test's schedule, whatever became of those before, and latency counts from
/// when they were due. Each test runs on threads and connections of its own.
package struct LoadGenerator: Sendable {
    private let plan: TestPlan
    private let numbering: RequestNumbering
    private let runID: String
    private let settings: LoadSettings

    /// Makes a generator; nothing is sent yet.
    ///
    /// `numbering` gives the trace ids: request number = test index << 40 | sequence number of the arrival in its test,
    /// warm-up included. `runID` is sent in `baggage`, with the test's index.
    package init(
        plan: TestPlan,
        numbering: RequestNumbering,
        runID: String,
        settings: LoadSettings = LoadSettings()
    ) {
        self.plan = plan
        self.numbering = numbering
        self.runID = runID
        self.settings = settings
    }

    /// Finds what would keep the load from beginning, such as an unknown template, without a look at the network.
    package func validate() throws(LoadError) {
        for index in plan.tests.indices { try check(index, [:]) }
    }

    /// Runs the tests one after another.
    ///
    /// Cancelling the task stops the load within a second and returns what was measured, with `wasInterrupted` set;
    /// tests that had not started are missing then. `onProgress` is called from one task at a time, four to five times a
    /// second. Throws `LoadError`: before any request is sent when a test cannot be turned into requests.
    package func run(onProgress: @escaping @Sendable (LoadProgress) -> Void) async throws -> LoadResult {
        OpenFileLimit.raise()
        let addresses = await pinnedAddresses()
        // All of them, before anything is sent.
        for index in plan.tests.indices { try check(index, addresses) }

        var result = LoadResult(
            tests: [],
            numbering: numbering,
            engine: CurlVersion.description,
            wasInterrupted: false
        )
        var samplesLeft = settings.sampleLimit
        for (index, test) in plan.tests.enumerated() where !Task.isCancelled {
            // What a test leaves of its share is there for the next.
            let procedure = ProcedureRun(
                index: index,
                test: test,
                recipe: { test throws(LoadError) in try recipe(of: index, as: test, addresses: addresses) },
                settings: settings,
                sampleLimit: samplesLeft / (plan.tests.count - index)
            )
            let load = try await procedure.run(onProgress: onProgress)
            samplesLeft -= load.samples.count
            result.tests.append(load)
        }
        result.wasInterrupted = Task.isCancelled
        return result
    }

    private func check(_ index: Int, _ addresses: [ServerAddress: PinnedAddress]) throws(LoadError) {
        let test = plan.tests[index]
        var variant = test
        switch test.procedure {
        case .schedule: if ArrivalSchedule(test).isEmpty { throw .emptySchedule(test: test.name) }
        case .search(let search): if search.startRate <= 0 { throw .emptySchedule(test: test.name) }
        case .users(let steps): if steps.users.isEmpty { throw .emptySchedule(test: test.name) }
        case .sizes(let sweep):
            if sweep.sizes.isEmpty || test.rate.settledRate <= 0 { throw .emptySchedule(test: test.name) }
            variant = test.carrying(0)
        }
        _ = try recipe(of: index, as: variant, addresses: addresses)
    }

    private func recipe(
        of index: Int,
        as test: TestDefinition,
        addresses: [ServerAddress: PinnedAddress]
    ) throws(LoadError) -> TestRecipe {
        var plan = plan
        plan.tests[index] = test
        return try TestRecipe(
            RecipeContext(
                index: index,
                plan: plan,
                numbering: numbering,
                runID: runID,
                userAgent: settings.userAgent,
                addresses: addresses
            )
        )
    }

    // A lookup blocks, so it gets a thread. A proxy looks names up itself, and a socket file needs no lookup.
    private func pinnedAddresses() async -> [ServerAddress: PinnedAddress] {
        let transport = plan.target.transport
        guard transport.proxy == nil, transport.unixSocket == nil else { return [:] }
        let origins = plan.tests.flatMap { test in [test.origin] + test.steps.map(\.origin) }.compactMap { $0 }
        let urls = Set([plan.target.baseURL] + origins)
        let found = try? await OwnThread.run(named: "lookup") {
            Result { () throws(CurlError) in
                var addresses: [ServerAddress: PinnedAddress] = [:]
                for text in urls {
                    guard let url = try? TargetURL(text), let address = PinnedAddress(url) else { continue }
                    addresses[ServerAddress(url)] = address
                }
                return addresses
            }
        }
        return found ?? [:]
    }
}

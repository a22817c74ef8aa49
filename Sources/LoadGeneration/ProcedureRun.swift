import Curl
import Plans
import Telemetry

/// One test of a plan: the stretches of load that its type asks for, put together to one result.
struct ProcedureRun: Sendable {
    let index: Int
    let test: TestDefinition
    /// Makes the recipe of a variant of the test, such as one with another payload.
    let recipe: @Sendable (TestDefinition) throws(LoadError) -> TestRecipe
    let settings: LoadSettings
    /// Samples this test may keep.
    let sampleLimit: Int

    /// Returns when every arrival has its outcome, or soon after the task was cancelled.
    func run(onProgress: @escaping @Sendable (LoadProgress) -> Void) async throws -> TestLoad {
        switch test.procedure {
        case .schedule:
            let run = TestRun(
                index: index,
                test: test,
                order: LoadOrder(test),
                recipe: try recipe(test),
                settings: settings,
                sampleLimit: sampleLimit
            )
            var load = try await run.run(onProgress: onProgress).load
            load.characteristic = characteristic(of: load)
            return load
        case .search(let search):
            return try await run(StressSearch(search), onProgress)
        case .users(let steps):
            return try await run(UserLadder(steps), onProgress)
        case .sizes(let sweep):
            return try await run(PayloadSweep(sweep, of: test), onProgress)
        }
    }

    private func characteristic(of load: TestLoad) -> LoadCharacteristic? {
        switch test.type {
        case .spike: SpikeReading(test).recovery(in: load).map(LoadCharacteristic.recovery)
        case .soak: DriftReading().drift(in: load).map(LoadCharacteristic.drift)
        case .load, .stress, .concurrency, .latency, .composite: nil
        }
    }

    private func run(
        _ plan: some StepPlan,
        _ onProgress: @escaping @Sendable (LoadProgress) -> Void
    ) async throws -> TestLoad {
        var plan = plan
        var assembly = StepAssembly(test: index)
        let start = MonotonicClock.now()
        var nextSequence: UInt64 = 0
        while !Task.isCancelled, let order = plan.next(elapsed: elapsed(since: start)) {
            if order.pause > .zero { try? await Task.sleep(for: order.pause) }
            if Task.isCancelled { break }
            var load = order.load
            load.firstSequence = nextSequence
            load.arrivals = test.arrivals
            load.seed = test.seed &+ nextSequence
            let variant = order.payload.map { test.carrying($0) } ?? test
            let before = elapsed(since: start)
            let run = TestRun(
                index: index,
                test: variant,
                order: load,
                recipe: try recipe(variant),
                settings: settings,
                // A test of few steps may keep many samples of each, one of many must leave some to the later ones.
                sampleLimit: max(0, sampleLimit - assembly.sampleCount) / 4
            )
            let outcome = try await run.run { progress in
                var progress = progress
                progress.step = order.label
                progress.elapsed += before
                progress.total += before
                onProgress(progress)
            }
            nextSequence = outcome.nextSequence
            // What an interruption cut short is no step of the plan.
            if Task.isCancelled && assembly.hasSteps { break }
            assembly.add(outcome.load, as: plan.take(outcome.load))
        }
        return assembly.finished(counting: plan.isCounted, characteristic: plan.characteristic)
    }

    private func elapsed(since start: UInt64) -> Duration {
        .nanoseconds(Int64(clamping: MonotonicClock.now() - start))
    }
}

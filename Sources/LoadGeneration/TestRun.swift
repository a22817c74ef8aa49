import Curl
import Plans
import Statistics
import Telemetry

/// One stretch of a test's load: starts the workers, watches them, and merges what they measured.
struct TestRun: Sendable {
    let index: Int
    let test: TestDefinition
    let order: LoadOrder
    let recipe: TestRecipe
    let settings: LoadSettings
    /// Samples this test may keep.
    let sampleLimit: Int

    struct Outcome: Sendable {
        var load: TestLoad
        /// Above the sequence number of every arrival.
        var nextSequence: UInt64
    }

    /// Returns when every arrival has its outcome.
    ///
    /// Cancelling the task stops the load; what was measured until then is returned.
    /// - Throws: `LoadError.unavailable` when the machine refuses a thread or a descriptor.
    func run(onProgress: @escaping @Sendable (LoadProgress) -> Void) async throws -> Outcome {
        // A virtual user is a connection of its own.
        let connections = max(1, order.users ?? test.connections)
        let workers = max(1, min(settings.workers, connections))
        let wakers: [LoopWaker]
        do throws(CurlError) {
            wakers = try (0..<workers).map { _ throws(CurlError) in try LoopWaker() }
        } catch {
            throw LoadError.unavailable(error.description)
        }
        let stop = StopSignal(waking: wakers)
        let progress = (0..<workers).map { _ in WorkerProgress() }
        let start = makeStart(connections: connections)
        let assignments = (0..<workers).map { worker in
            WorkerAssignment(
                testIndex: index,
                test: test,
                order: order,
                worker: worker,
                workers: workers,
                connections: share(of: connections, worker, of: workers),
                recipe: recipe,
                start: start,
                sampleLimit: share(of: sampleLimit, worker, of: workers),
                settings: settings,
                waker: wakers[worker],
                stop: stop,
                progress: progress[worker]
            )
        }
        let tally = try await withTaskCancellationHandler {
            try await run(assignments, stop: stop, start: start, progress: progress, onProgress)
        } onCancel: {
            stop.set()
        }
        return Outcome(
            load: summary(of: tally, start: start),
            nextSequence: max(tally.nextSequence, order.firstSequence)
        )
    }

    private func run(
        _ assignments: [WorkerAssignment],
        stop: StopSignal,
        start: ScheduleStart,
        progress: [WorkerProgress],
        _ onProgress: @escaping @Sendable (LoadProgress) -> Void
    ) async throws -> WorkerTally {
        try await withThrowingTaskGroup(of: WorkerTally?.self) { group in
            for assignment in assignments {
                group.addTask {
                    do throws(CurlError) {
                        return try await OwnThread.run(named: "load-\(assignment.worker)", isUrgent: true) {
                            Result { () throws(CurlError) in try assignment.run() }
                        }
                    } catch {
                        // The others would send a part of the load only.
                        stop.set()
                        throw LoadError.unavailable(error.description)
                    }
                }
            }
            group.addTask {
                await report(start: start, progress, onProgress)
                return nil
            }
            var tallies: [WorkerTally] = []
            while tallies.count < assignments.count, let result = try await group.next() {
                if let result { tallies.append(result) }
            }
            group.cancelAll()
            // Sums of counts and histograms: the order in which workers end does not matter.
            return tallies.dropFirst().reduce(into: tallies[0]) { $0.merge($1) }
        }
    }

    // Until its task is cancelled: by the end of the workers, or with the whole run.
    private func report(
        start: ScheduleStart,
        _ progress: [WorkerProgress],
        _ onProgress: @Sendable (LoadProgress) -> Void
    ) async {
        var meter = ProgressMeter(test: index, schedule: ArrivalSchedule(order))
        repeat {
            let now = MonotonicClock.now()
            let elapsed = now > start.monotonic ? now - start.monotonic : 0
            onProgress(meter.progress(at: elapsed, progress.map { $0.take() }))
        } while (try? await Task.sleep(for: settings.progressInterval)) != nil
    }

    private func summary(of tally: WorkerTally, start: ScheduleStart) -> TestLoad {
        let schedule = ArrivalSchedule(order)
        var load = tally.load
        load.measuredFrom = start.unix + min(schedule.measuredFrom, tally.issuedUntil)
        load.endedAt = start.unix + tally.issuedUntil
        let measured = Double(load.endedAt - load.measuredFrom) / 1e9
        if measured > 0 {
            load.targetRate = Double(load.ledger.scheduled) / measured
            load.achievedRate = Double(load.ledger.answered) / (measured + delay(of: load, schedule))
        }
        load.samples.sortByNumber()
        load.invalidReasons = ValidityCheck(settings: settings, asksForHTTP2: test.transport.version == .http2)
            .reasons(tally)
        return load
    }

    // Answers to the arrivals of the window come in a window that is shifted by the latency. Where latency grew from its
    // first to its last second, that window is longer by the growth: a target that falls behind did not achieve the rate.
    private func delay(of load: TestLoad, _ schedule: ArrivalSchedule) -> Double {
        let measured = load.seconds.dropFirst(Int(schedule.measuredFrom / 1_000_000_000))
        let medians = measured.filter { $0.answered > 0 }.map { Double($0.latency.quantile(0.5)) }
        guard let first = medians.first, let last = medians.last else { return 0 }
        return max(0, last - first) / 1e9
    }

    // Time for the workers to make their handles before the first arrival is due.
    private func makeStart(connections: Int) -> ScheduleStart {
        let offset = MonotonicClock.unixOffset()
        let start = MonotonicClock.now() + 50_000_000 + UInt64(connections) * 50_000
        return ScheduleStart(monotonic: start, unix: start &+ offset)
    }

    private func share(of total: Int, _ worker: Int, of workers: Int) -> Int {
        total / workers + (worker < total % workers ? 1 : 0)
    }
}

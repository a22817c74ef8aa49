package import Baselines
import Correlation
import Glibc
import Synchronization
import Telemetry

/// A stretch of the service's life in fast motion: what its file and its memory come to, for given traffic.
///
/// The real clockwork, store and retention with spans that are made up and a clock that is moved; only the network and the
/// decoding are left out.
package struct Rehearsal: Sendable {
    /// The traffic that is made up.
    package struct Traffic: Sendable, Hashable {
        package var windows = 1_440
        /// Ten of each service; one in ten is an entry.
        package var operations = 200
        /// Requests of each entry in a window; each is a trace of ten spans.
        package var requests = 30

        package init() {}
    }

    /// How things stand after some of the windows.
    package struct Reading: Sendable {
        package var windows: Int
        package var residentBytes: Int
        package var fileBytes: Int
        package var lastCommit: Duration
    }

    /// What a store of windows takes to be read from end to end.
    package struct ReadBack: Sendable {
        package var windows = 0
        package var spans = 0
        package var unreadable = 0
        package var duration: Duration = .zero
    }

    private let traffic: Traffic
    private let settings: WatchSettings

    package init(_ traffic: Traffic, settings: WatchSettings) {
        self.traffic = traffic
        self.settings = settings
    }

    /// Reads every window, one after another.
    package static func readBack(from store: BaselineStore) async throws -> ReadBack {
        var result = ReadBack()
        let start = ContinuousClock.now
        try await store.forEachWindow(in: 0..<UInt64.max, onDamage: { _ in result.unreadable += 1 }) { window in
            result.windows += 1
            result.spans += window.spans
        }
        result.duration = ContinuousClock.now - start
        return result
    }

    /// Plays everything into the store; `onReading` is called after each twentieth of it.
    ///
    /// - Throws: `RunFailure` when the store cannot be written.
    package func run(into store: BaselineStore, onReading: (Reading) -> Void) async throws {
        let length = TelemetryWindow.length
        let now = WallClock.now()
        // The last window ends now, so that retention sees what it would see then.
        let start = (now / length - UInt64(traffic.windows)) * length
        let clock = Mutex(start)
        let watch = Watch(settings: settings, store: store) { clock.withLock { $0 } }
        var source = RehearsalSource(traffic)
        let step = max(1, traffic.windows / 20)
        for number in 0..<traffic.windows {
            let window = start + UInt64(number) * length
            source.add(window: window, to: watch.memory.intake.current)
            clock.withLock { $0 = window + length + 20_000_000_000 }
            watch.advance()
            guard await watch.writer.flush(now: { clock.withLock { $0 } }) else {
                throw RunFailure.notCarriedOut(watch.progress.lastError ?? "the store refused a window")
            }
            if (number + 1) % step == 0 || number + 1 == traffic.windows {
                onReading(
                    Reading(
                        windows: number + 1,
                        residentBytes: ResidentMemory.bytes,
                        fileBytes: store.fileBytes,
                        lastCommit: watch.progress.lastCommitDuration ?? .zero
                    )
                )
            }
        }
    }
}

/// Makes the spans up, the same in every rehearsal.
private struct RehearsalSource {
    private let traffic: Rehearsal.Traffic
    private var state: UInt64 = 0x5EED

    init(_ traffic: Rehearsal.Traffic) {
        self.traffic = traffic
    }

    mutating func add(window: UInt64, to generation: WatchGeneration) {
        let vocabulary = generation.vocabulary
        let version = vocabulary.intern(
            key: vocabulary.intern("service.version"),
            value: vocabulary.intern("1.\(window / 21_600_000_000_000 % 1_000)")
        )
        let operations = (0..<max(1, traffic.operations)).map { number in
            let kind: SpanKind = number % 10 == 0 ? .server : .internal
            return vocabulary.intern(
                OperationKey(service: "service-\(number / 10)", name: "GET /things/\(number % 10)/{id}", kind: kind)
            )
        }
        var batch = TelemetryBatch()
        for entry in stride(from: 0, to: operations.count, by: 10) {
            for _ in 0..<traffic.requests {
                addTrace(operations[entry..<min(entry + 10, operations.count)], window, version, to: &batch.spans)
            }
            _ = generation.inbox.append(batch)
            batch.spans = SpanTable()
        }
    }

    private mutating func addTrace(
        _ operations: ArraySlice<OperationID>,
        _ window: UInt64,
        _ version: AttributeID,
        to spans: inout SpanTable
    ) {
        let begin = window + next() % 59_000_000_000
        let trace = TraceID(high: next(), low: next())
        // Log-normal by the sum of twelve, a median of 20 ms.
        let normal = (0..<12).reduce(-6.0) { sum, _ in sum + Double(next() >> 11) / 9_007_199_254_740_992 }
        let total = UInt64(20_000_000 * exp(0.5 * normal)) + 1_000
        var offset: UInt64 = 0
        for (index, operation) in operations.enumerated() {
            let duration = index == 0 ? total : max(100, (total / 10) &* (50 + next() % 50) / 100)
            spans.append(
                SpanFields(
                    traceID: trace,
                    spanID: SpanID(UInt64(index + 1)),
                    parentID: SpanID(index == 0 ? 0 : 1),
                    startNanoseconds: begin + offset,
                    endNanoseconds: begin + offset + duration,
                    operation: operation,
                    kind: index == 0 ? .server : .internal,
                    flags: next() % 200 == 0 ? .error : []
                ),
                attributes: [version]
            )
            if index > 0 { offset += duration }
        }
    }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

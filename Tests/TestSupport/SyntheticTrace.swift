package import Correlation
import Statistics
package import Telemetry

/// A made-up run, the same for the same seed: requests as the generator saw them, and the spans they caused.
///
/// ```swift
/// let run = SyntheticRun(endpoint: "GET /cart", requests: 200, seed: 7) { request in
///     request.server("shop", "GET /cart") { shop in
///         shop.work(.milliseconds(2), jitter: 0.2)
///         shop.call("catalog", "GET /items") { catalog in
///             for _ in 0..<3 { catalog.query("SELECT items", "SELECT * FROM items WHERE id = ?", .milliseconds(1)) }
///         }
///     }
/// }
/// let correlated = run.correlated()
/// ```
///
/// Inside a span time passes as in a program: `work`, `call` and `query` follow one another, `parallel` runs side by
/// side, and a span ends when its closure returns.
package struct SyntheticRun: Sendable {
    package let vocabulary = Vocabulary()
    package let numbering: RequestNumbering
    package private(set) var load: LoadResult
    /// In the order in which spans ended.
    package private(set) var spans = SpanTable()
    /// Of traces that consumers of messages began.
    package private(set) var strangers = SpanTable()
    package private(set) var links: [SpanLink] = []
    /// Endpoint names, in the order of the tests.
    package private(set) var testNames: [String] = []

    private var random: SeededGenerator
    private var nextNumber: UInt64 = 0
    private var clock: UInt64 = 1_700_000_000_000_000_000

    /// A run without tests.
    package init(seed: UInt64 = 1) {
        random = SeededGenerator(seed: seed)
        numbering = RequestNumbering(prefix: random.next() | 1, key: random.next())
        load = LoadResult(tests: [], numbering: numbering, engine: "synthetic", wasInterrupted: false)
    }

    /// A run of one test.
    package init(
        endpoint: String = "GET /cart",
        requests: Int = 100,
        warmup: Int = 0,
        rate: Double = 100,
        seed: UInt64 = 1,
        _ build: (SyntheticRequest) -> Void
    ) {
        self.init(seed: seed)
        addTest(endpoint: endpoint, requests: requests, warmup: warmup, rate: rate, build)
    }

    /// Runs one more test after those before it: `warmup` requests, then `requests` measured ones, at `rate` a second.
    ///
    /// `build` describes one request; one that it leaves alone is completed, instant and without spans.
    package mutating func addTest(
        endpoint: String,
        requests: Int,
        warmup: Int = 0,
        rate: Double = 100,
        _ build: (SyntheticRequest) -> Void
    ) {
        let interval = UInt64(1_000_000_000 / rate)
        var test = TestLoad(test: load.tests.count, startedAt: clock)
        test.measuredFrom = clock + UInt64(warmup) * interval
        test.endedAt = clock + UInt64(warmup + requests) * interval
        test.targetRate = rate
        let recorder = SyntheticRecorder(vocabulary: vocabulary, spans: spans, random: random)
        for index in 0..<(warmup + requests) {
            let request = SyntheticRequest(
                number: nextNumber,
                index: index,
                isWarmup: index < warmup,
                scheduledAt: clock + UInt64(index) * interval,
                numbering: numbering,
                recorder: recorder
            )
            nextNumber += 1
            build(request)
            test.add(request.sample(test: load.tests.count), isWarmup: request.isWarmup)
        }
        test.achievedRate = requests == 0 ? 0 : rate * Double(test.ledger.answered) / Double(requests)
        spans = recorder.spans
        strangers.append(contentsOf: recorder.strangers)
        links += recorder.links
        random = recorder.random
        clock = test.endedAt + 1_000_000_000
        load.tests.append(test)
        testNames.append(endpoint)
    }

    /// As a store would hand them over.
    package var stored: StoredSpans { stored(spans) }

    private func stored(_ spans: SpanTable) -> StoredSpans {
        var stored = StoredSpans(spans: spans, foreign: strangers.count, foreignSpans: strangers)
        stored.notes.links = links
        return stored
    }

    /// Joins the run's requests with its own spans, or with others made from them.
    package func correlated(
        spans other: SpanTable? = nil,
        settings: CorrelationSettings = CorrelationSettings()
    ) -> CorrelatedRun {
        Correlator(numbering: numbering, vocabulary: vocabulary, settings: settings)
            .correlate(load, testNames: testNames, spans: stored(other ?? spans), rejectedSpans: 0)
    }

    /// The spans in another order of arrival.
    package func shuffledSpans(seed: UInt64) -> SpanTable {
        var generator = SeededGenerator(seed: seed)
        return spans.selecting(spans.indices.map { UInt32($0) }.shuffled(using: &generator))
    }

    /// The spans as exporters would send them.
    package func batches(of size: Int) -> [TelemetryBatch] {
        stride(from: 0, to: spans.count, by: size).map { first in
            var batch = TelemetryBatch()
            let rows = (first..<min(first + size, spans.count)).map { UInt32($0) }
            batch.spans.append(rows: rows[...], of: spans)
            return batch
        }
    }
}

extension TestLoad {
    fileprivate mutating func add(_ sample: RequestSample, isWarmup: Bool) {
        samples.append(sample)
        let second = Int((sample.scheduledAt - startedAt) / 1_000_000_000)
        while seconds.count <= second { seconds.append(LoadSecond()) }
        seconds[second].scheduled += 1
        if sample.outcome.wasAnswered { seconds[second].answered += 1 }
        if sample.outcome != .completed { seconds[second].failed += 1 }
        if !sample.outcome.wasDropped { seconds[second].latency.record(sample.latencyNanoseconds) }
        if isWarmup {
            warmup.scheduled += 1
            warmup[sample.outcome] += 1
            return
        }
        ledger.scheduled += 1
        ledger[sample.outcome] += 1
        if sample.statusCode != 0 { statusCodes[Int(sample.statusCode), default: 0] += 1 }
        guard !sample.outcome.wasDropped else { return }
        latency.record(sample.latencyNanoseconds)
        serviceTime.record(sample.serviceNanoseconds)
        scheduleLag.record(sample.sentAt - sample.scheduledAt)
    }
}

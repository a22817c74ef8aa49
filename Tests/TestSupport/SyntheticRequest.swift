package import Telemetry

/// One request of a `SyntheticRun` while its closure describes it.
package final class SyntheticRequest {
    /// Over the whole run.
    package let number: UInt64
    /// In its test, warm-up included, from 0.
    package let index: Int
    package let isWarmup: Bool
    package let traceID: TraceID
    package var outcome = RequestOutcome.completed
    package var statusCode: UInt16 = 200
    /// How much later than scheduled it is sent; set it before anything else.
    package var lag = Duration.zero {
        didSet { now = scheduledAt + lag.wholeNanoseconds }
    }

    let recorder: SyntheticRecorder
    private let scheduledAt: UInt64
    private let injected: SpanID
    private var now: UInt64

    init(
        number: UInt64,
        index: Int,
        isWarmup: Bool,
        scheduledAt: UInt64,
        numbering: RequestNumbering,
        recorder: SyntheticRecorder
    ) {
        self.number = number
        self.index = index
        self.isWarmup = isWarmup
        self.scheduledAt = scheduledAt
        self.recorder = recorder
        traceID = numbering.traceID(of: number)
        injected = numbering.spanID(of: number)
        now = scheduledAt
    }

    package var sentAt: UInt64 { scheduledAt + lag.wholeNanoseconds }

    /// From the run's seed.
    package var random: SeededGenerator {
        get { recorder.random }
        set { recorder.random = newValue }
    }

    /// Time at the client: connecting, sending, receiving.
    package func wait(_ duration: Duration, jitter: Double = 0) {
        now += recorder.nanoseconds(duration, jitter: jitter)
    }

    /// The target handles the request; a tenth of a millisecond on the network each way unless `network` says otherwise.
    @discardableResult
    package func server(
        _ service: String,
        _ name: String,
        network: Duration = .microseconds(200),
        _ body: (SyntheticSpan) -> Void = { _ in }
    ) -> SpanID {
        let half = network.wholeNanoseconds / 2
        let span = SyntheticSpan(
            traceID: traceID,
            parentID: injected,
            operation: OperationKey(service: service, name: name, kind: .server),
            start: now + half,
            recorder: recorder
        )
        body(span)
        now = span.finish() + half
        return span.spanID
    }

    /// A span at given times, from sending, that the generator's own span is the parent of unless `parent` says otherwise.
    @discardableResult
    package func span(
        _ service: String,
        _ name: String,
        kind: SpanKind = .internal,
        from start: Duration,
        to end: Duration,
        parent: SpanID? = nil,
        instance: String = "",
        errorType: String = ""
    ) -> SpanID {
        let id = recorder.newSpanID()
        recorder.record(
            SpanFields(
                traceID: traceID,
                spanID: id,
                parentID: parent ?? injected,
                startNanoseconds: sentAt + start.wholeNanoseconds,
                endNanoseconds: sentAt + end.wholeNanoseconds,
                operation: recorder.vocabulary.intern(OperationKey(service: service, name: name, kind: kind)),
                kind: kind,
                errorType: recorder.vocabulary.intern(errorType),
                instance: recorder.vocabulary.intern(instance),
                flags: errorType.isEmpty ? [] : .error
            )
        )
        return id
    }

    /// The last byte comes so long after sending; for use with `span`.
    package func end(after duration: Duration) { now = sentAt + duration.wholeNanoseconds }

    func sample(test: Int) -> RequestSample {
        RequestSample(
            number: number,
            test: UInt16(test),
            statusCode: outcome.wasAnswered ? statusCode : 0,
            outcome: outcome,
            scheduledAt: scheduledAt,
            sentAt: outcome.wasDropped ? scheduledAt : sentAt,
            finishedAt: outcome.wasDropped ? scheduledAt : now
        )
    }
}

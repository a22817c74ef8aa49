package import Telemetry

/// One span of a `SyntheticRun` while its closure describes it.
package final class SyntheticSpan {
    package let spanID: SpanID
    /// Where the span's time has got to, Unix nanoseconds.
    package private(set) var now: UInt64
    /// The span happened but never arrived; its children still name it.
    package var isLost = false
    /// `service.instance.id`.
    package var instance = ""
    /// By name.
    package var attributes: [String: String] = [:]

    private let traceID: TraceID
    private let parentID: SpanID
    private let operation: OperationKey
    private let start: UInt64
    private let recorder: SyntheticRecorder
    private var errorType = ""
    private var statement = ""

    init(traceID: TraceID, parentID: SpanID, operation: OperationKey, start: UInt64, recorder: SyntheticRecorder) {
        self.traceID = traceID
        self.parentID = parentID
        self.operation = operation
        self.start = start
        self.recorder = recorder
        spanID = recorder.newSpanID()
        now = start
    }

    /// The span itself is busy.
    ///
    /// - Parameters:
    ///   - duration: on average.
    ///   - jitter: uniform, as a share of the duration each way, 0...1.
    package func work(_ duration: Duration, jitter: Double = 0) {
        now += recorder.nanoseconds(duration, jitter: jitter)
    }

    /// A piece of work inside the same service.
    package func step(_ name: String, _ body: (SyntheticSpan) -> Void) {
        nested(OperationKey(service: operation.service, name: name, kind: .internal), body)
    }

    /// A call to another service: a client span here, a server span there, and the network between.
    ///
    /// `network` is the time of both ways together, 10 % more or less; `client` names the client span, which fails with
    /// `error` if that is not empty and has `attributes`.
    package func call(
        _ service: String,
        _ name: String,
        network: Duration = .microseconds(400),
        client: String = "GET",
        error: String = "",
        attributes: [String: String] = [:],
        _ body: (SyntheticSpan) -> Void
    ) {
        nested(OperationKey(service: operation.service, name: client, kind: .client)) { caller in
            caller.attributes = attributes
            caller.work(network / 2, jitter: 0.1)
            caller.nested(OperationKey(service: service, name: name, kind: .server), body)
            caller.work(network / 2, jitter: 0.1)
            if !error.isEmpty { caller.fail(error) }
        }
    }

    /// A database call: a client span without a server.
    package func query(
        _ name: String,
        _ statement: String,
        _ duration: Duration,
        jitter: Double = 0,
        error: String = "",
        attributes: [String: String] = [:]
    ) {
        nested(OperationKey(service: operation.service, name: name, kind: .client)) { query in
            query.statement = statement
            query.attributes = attributes
            query.work(duration, jitter: jitter)
            query.errorType = error
        }
    }

    /// A call that its caller gives up after `patience`; the server goes on until its body is done.
    package func abandonedCall(
        _ service: String,
        _ name: String,
        patience: Duration,
        client: String = "GET",
        _ body: (SyntheticSpan) -> Void
    ) {
        nested(OperationKey(service: operation.service, name: client, kind: .client)) { caller in
            let begun = caller.now
            caller.nested(OperationKey(service: service, name: name, kind: .server), body)
            caller.now = begun + patience.wholeNanoseconds
            caller.fail("timeout")
        }
    }

    /// Branches that start together; time goes on when the last has ended.
    package func parallel(_ branches: ((SyntheticSpan) -> Void)...) { parallel(branches) }

    /// Branches that start together; time goes on when the last has ended.
    package func parallel(_ branches: [(SyntheticSpan) -> Void]) {
        let fork = now
        var latest = now
        for branch in branches {
            now = fork
            branch(self)
            latest = max(latest, now)
        }
        now = latest
    }

    /// Work that nobody waits for: it starts here and may go on after this span has ended.
    package func detached(_ name: String, _ body: (SyntheticSpan) -> Void) {
        let fork = now
        step(name, body)
        now = fork
    }

    /// A message: a producer span here and, `lag` later, a consumer span at another service that nobody waits for.
    package func publish(_ name: String, to service: String, lag: Duration, _ body: (SyntheticSpan) -> Void) {
        nested(OperationKey(service: operation.service, name: "send \(name)", kind: .producer)) { producer in
            producer.work(.microseconds(50))
            let fork = producer.now
            producer.work(lag)
            producer.nested(OperationKey(service: service, name: "process \(name)", kind: .consumer), body)
            producer.now = fork
        }
    }

    /// A message whose consumer begins a trace of its own, which a link ties to the producer.
    package func publishLinked(_ name: String, to service: String, lag: Duration, work: Duration) {
        var sent = now
        var producerID = spanID
        nested(OperationKey(service: operation.service, name: "send \(name)", kind: .producer)) { producer in
            producer.work(.microseconds(50))
            (sent, producerID) = (producer.now, producer.spanID)
        }
        let key = OperationKey(service: service, name: "process \(name)", kind: .consumer)
        let consumer = SpanFields(
            traceID: TraceID(high: ~traceID.high, low: recorder.newSpanID().rawValue),
            spanID: recorder.newSpanID(),
            parentID: SpanID(0),
            startNanoseconds: sent + lag.wholeNanoseconds,
            endNanoseconds: sent + lag.wholeNanoseconds + work.wholeNanoseconds,
            operation: recorder.vocabulary.intern(key),
            kind: .consumer
        )
        recorder.strangers.append(consumer)
        recorder.links.append(
            SpanLink(
                traceID: consumer.traceID,
                spanID: consumer.spanID,
                linkedTraceID: traceID,
                linkedSpanID: producerID
            )
        )
    }

    /// Marks the span as an error of a class, such as `timeout` or `500`.
    package func fail(_ errorType: String) { self.errorType = errorType }

    func nested(_ operation: OperationKey, _ body: (SyntheticSpan) -> Void) {
        let child = SyntheticSpan(
            traceID: traceID,
            parentID: spanID,
            operation: operation,
            start: now,
            recorder: recorder
        )
        if operation.service == self.operation.service { child.instance = instance }
        body(child)
        now = child.finish()
    }

    func finish() -> UInt64 {
        guard !isLost else { return now }
        recorder.record(
            SpanFields(
                traceID: traceID,
                spanID: spanID,
                parentID: parentID,
                startNanoseconds: start,
                endNanoseconds: now,
                operation: recorder.vocabulary.intern(operation),
                kind: operation.kind,
                statement: recorder.vocabulary.intern(statement),
                errorType: recorder.vocabulary.intern(errorType),
                instance: recorder.vocabulary.intern(instance),
                flags: errorType.isEmpty ? [] : .error
            ),
            attributes: attributes
        )
        return now
    }
}

package import Curl
package import OTLP
import Synchronization
import Telemetry

/// Sends spans to an OTLP/HTTP receiver, in the background and in batches.
///
/// `record` may be called from any thread and never waits. Memory is bounded by the queue; every span that does not
/// reach the receiver is counted in `dropped`. Call `shutdown()` once at the end: what is not flushed then is dropped.
package final class OTLPExporter: Sendable {
    private let url: String
    private let resource: [(key: String, value: AttributeValue)]
    private let scope: String
    private let settings: ExporterSettings
    private let client: HTTPClient
    private let queue: Mutex<ExportQueue>
    /// Rung when a batch is full, and every flush interval; finished by `shutdown()`.
    private let bell: AsyncStream<Void>.Continuation
    /// Finished when the last span has been sent, or when there is no more time for it.
    private let end: AsyncStream<Void>
    private let finishing: AsyncStream<Void>.Continuation
    private let tasks: Mutex<[Task<Void, Never>]>

    /// Starts the background work.
    ///
    /// `endpoint` is the base URL, as in `OTEL_EXPORTER_OTLP_ENDPOINT`: `/v1/traces` is added. `resource` describes
    /// the process, by `service.name` at least; `scope` names the instrumentation.
    package init(
        endpoint: String,
        resource: [String: String],
        scope: String = "plimsoll",
        settings: ExporterSettings = ExporterSettings(),
        client: HTTPClient = HTTPClient(connections: 1)
    ) {
        self.url = (endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint) + "/v1/traces"
        self.resource = resource.sorted { $0.key < $1.key }.map { (key: $0.key, value: .string($0.value)) }
        self.scope = scope
        self.settings = settings
        self.client = client
        self.queue = Mutex(ExportQueue(limit: settings.queueLimit))
        let (rings, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.bell = bell
        (self.end, self.finishing) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.tasks = Mutex([])
        let flushing = Task { [self] in
            for await _ in rings { await flush() }
            await flush()
            finishing.finish()
        }
        let ticking = Task { [bell, interval = settings.flushInterval] in
            while (try? await Task.sleep(for: interval)) != nil { bell.yield() }
        }
        tasks.withLock { $0 = [ticking, flushing] }
    }

    /// Spans that reached the receiver and were accepted.
    package var exported: Int { queue.withLock { $0.exported } }

    /// Spans that never will: the queue was full, the receiver refused them, or time ran out.
    package var dropped: Int { queue.withLock { $0.dropped } }

    /// Why the last spans were dropped, for people; `nil` while all is well.
    package var lastFailure: String? { queue.withLock { $0.lastFailure } }

    /// Queues one finished span.
    ///
    /// Never blocks; called from any thread.
    package func record(_ span: ExportSpan) {
        // Rings once for each full batch, not for every span after it.
        guard let waiting = queue.withLock({ $0.append(span) }), waiting % settings.batchSize == 0 else { return }
        bell.yield()
    }

    /// Sends what waits, for `shutdownTimeout` at most, and stops.
    ///
    /// Spans recorded afterwards are dropped. A second call returns at once.
    package func shutdown() async {
        bell.finish()
        let limit = Task { [finishing, timeout = settings.shutdownTimeout] in
            try? await Task.sleep(for: timeout)
            finishing.finish()
        }
        for await _ in end {}
        limit.cancel()
        let running = tasks.withLock { tasks in
            defer { tasks = [] }
            return tasks
        }
        for task in running { task.cancel() }
        queue.withLock { $0.close("the exporter was shut down before these spans were sent") }
    }

    /// Sends batches until nothing waits.
    private func flush() async {
        while !Task.isCancelled {
            let batch = queue.withLock { $0.takeBatch(of: settings.batchSize) }
            guard !batch.isEmpty else { return }
            await send(batch)
        }
    }

    /// Tries one batch until it arrived or is given up.
    private func send(_ batch: [ExportSpan]) async {
        let request = HTTPRequest(
            method: "POST",
            url: url,
            headers: [HTTPHeader(name: "content-type", value: "application/x-protobuf")],
            body: TraceEncoder.encode(batch, resource: resource, scope: scope),
            timeout: settings.requestTimeout
        )
        let policy = ExportRetryPolicy(settings: settings)
        var attempt = 1
        while true {
            switch await decision(on: request, attempt: attempt, policy: policy) {
            case .arrived(let partial):
                queue.withLock { $0.confirm(partial) }
                return
            case .giveUp(let reason):
                queue.withLock { $0.giveUp(reason) }
                return
            case .retry(let delay, let reason):
                attempt += 1
                guard (try? await Task.sleep(for: delay)) != nil else {
                    queue.withLock { $0.giveUp(reason) }
                    return
                }
            }
        }
    }

    private func decision(
        on request: HTTPRequest,
        attempt: Int,
        policy: ExportRetryPolicy
    ) async -> ExportRetryPolicy.Decision {
        let jitter = Double.random(in: 0...1)
        do throws(CurlError) {
            return policy.decision(on: try await client.send(request), attempt: attempt, jitter: jitter)
        } catch {
            return policy.decision(on: error, attempt: attempt, jitter: jitter)
        }
    }
}

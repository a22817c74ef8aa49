import Collectors
import Correlation
import Curl
import Logging
import OTLP
import Plans
import ServiceLifecycle
import Synchronization
import Telemetry

/// The stores of one run and what fills them: the OTLP receiver and the Prometheus scraper.
struct TelemetryIntake: Sendable {
    let vocabulary: Vocabulary
    let traces: TraceStore
    let series: SeriesStore
    let counters: ReceiverCounters
    let scrapes: ScraperCounters
    private let configuration: ObservabilityConfiguration
    private let port: Int
    private let client: HTTPClient
    private let logger: Logger

    init(
        configuration: ObservabilityConfiguration,
        port: Int,
        numbering: RequestNumbering,
        client: HTTPClient,
        logger: Logger
    ) {
        vocabulary = Vocabulary()
        traces = TraceStore(
            vocabulary: vocabulary,
            numbering: numbering,
            byteLimit: configuration.traceStoreBytes
        )
        series = SeriesStore()
        counters = ReceiverCounters()
        scrapes = ScraperCounters()
        self.configuration = configuration
        self.port = port
        self.client = client
        self.logger = logger
    }

    /// Runs `body` while everything listens; `body` gets the receiver's real port.
    ///
    /// - Throws: what `body` throws, or `RunFailure.notCarriedOut` when a receiver cannot start.
    func whileListening<Value: Sendable>(
        _ body: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> Value {
        let (ports, announcement) = AsyncStream.makeStream(of: Int.self)
        let group = ServiceGroup(
            services: services { announcement.yield($0) },
            logger: logger
        )
        return try await withThrowingTaskGroup(of: Value?.self) { tasks in
            tasks.addTask {
                defer { announcement.finish() }
                do {
                    try await group.run()
                } catch {
                    throw RunFailure.notCarriedOut("\(error)")
                }
                return nil
            }
            tasks.addTask {
                var iterator = ports.makeAsyncIterator()
                // No port means that the receiver failed; the other task throws the cause.
                guard let port = await iterator.next() else { return nil }
                let result: Result<Value, any Error>
                do { result = .success(try await body(port)) } catch { result = .failure(error) }
                await group.triggerGracefulShutdown()
                return try result.get()
            }
            var value: Value?
            while let result = try await tasks.next() { value = result ?? value }
            guard let value else { throw RunFailure.notCarriedOut("the OTLP receiver stopped before the run ended") }
            return value
        }
    }

    /// Fetches the target's series from the configured Prometheus server; returns what went wrong.
    func readServer(during load: LoadResult) async -> [String] {
        guard let server = configuration.prometheusServer, let start = load.tests.map(\.startedAt).min(),
            let end = load.tests.map(\.endedAt).max()
        else { return [] }
        let reading = ServerReading(
            server: server,
            overrides: configuration.metricOverrides,
            step: configuration.scrapeInterval,
            client: client
        )
        return await reading.read(into: series, from: start, to: end).map { [$0] } ?? []
    }

    private func services(onListening: @escaping @Sendable (Int) -> Void) -> [any Service] {
        let decoder = ExportDecoder(vocabulary: vocabulary)
        let sink = TelemetryStores(traces: traces, series: series)
        let budget = InFlightBudget()
        var services: [any Service] = [
            OTLPHTTPReceiver(
                port: port,
                decoder: decoder,
                sink: sink,
                counters: counters,
                logger: logger,
                budget: budget,
                onListening: onListening
            )
        ]
        if let grpcPort = grpcPortToTake {
            services.append(
                OTLPGRPCReceiver(port: grpcPort, decoder: decoder, sink: sink, counters: counters, budget: budget)
            )
        }
        if let port = configuration.remoteWritePort {
            services.append(RemoteWriteReceiver(port: port, logger: logger, budget: budget) { series.append($0) })
        }
        return services
    }

    /// Scrapes the target's metrics while `body` runs: begun only now, so that a target that is not up yet is no failure.
    func whileScraping<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        guard !configuration.scrapeTargets.isEmpty else { return try await body() }
        let series = series
        let scraper = PrometheusScraper(
            targets: configuration.scrapeTargets.map { (service: $0.service, url: $0.url) },
            interval: configuration.scrapeInterval,
            client: client,
            counters: scrapes,
            logger: logger,
            // The store counts what finds no room.
            sink: { series.append($0) }
        )
        return try await withThrowingTaskGroup(of: Value?.self) { tasks in
            tasks.addTask {
                try await scraper.run()
                return nil
            }
            defer { tasks.cancelAll() }
            let value = try await body()
            tasks.cancelAll()
            return value
        }
    }

    /// 4317 beside 4318, where it is free: a service that is told only the address of OTLP/HTTP does not need it.
    private var grpcPortToTake: Int? {
        guard port == 4318, OTLPGRPCReceiver.canListen(port: 4317) else { return nil }
        return 4317
    }
}

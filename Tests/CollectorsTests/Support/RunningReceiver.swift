import Collectors
import Curl
import Listeners
import Logging
import OTLP
import Telemetry
import Testing

/// A real receiver on a free port of loopback, for the length of one closure.
struct RunningReceiver: Sendable {
    let port: Int
    let sink: RecordingSink
    let counters: ReceiverCounters
    let budget: InFlightBudget
    let client: HTTPClient

    static func with<Result: Sendable>(
        settings: ReceiverSettings = ReceiverSettings(),
        budget: InFlightBudget = InFlightBudget(),
        sink: RecordingSink = RecordingSink(),
        tls files: CertificateFiles? = nil,
        _ body: @escaping @Sendable (RunningReceiver) async throws -> Result
    ) async throws -> Result {
        let counters = ReceiverCounters()
        let tls = try files?.listenerTLS(counters: counters)
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let receiver = OTLPHTTPReceiver(
            port: 0,
            decoder: ExportDecoder(vocabulary: Vocabulary()),
            sink: sink,
            counters: counters,
            logger: .silent,
            budget: budget,
            settings: settings,
            tls: tls,
            onListening: { continuation.yield($0) }
        )
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await receiver.run()
                return nil
            }
            if let tls {
                group.addTask {
                    try await tls.run()
                    return nil
                }
            }
            group.addTask {
                guard let port = await ports.first(where: { _ in true }) else { throw CancellationError() }
                return try await body(
                    RunningReceiver(port: port, sink: sink, counters: counters, budget: budget, client: HTTPClient())
                )
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    /// Posts a body as an SDK would.
    func post(
        _ body: [UInt8],
        to path: String = "/v1/traces",
        method: String = "POST",
        type: String? = "application/x-protobuf",
        headers: [HTTPHeader] = []
    ) async throws -> HTTPResponse {
        let own = type.map { [HTTPHeader(name: "Content-Type", value: $0)] } ?? []
        return try await client.send(
            HTTPRequest(
                method: method,
                url: "http://127.0.0.1:\(port)\(path)",
                headers: own + headers,
                body: body
            )
        )
    }

    /// Posts a body and expects the answer's status.
    func expect(
        _ status: Int,
        posting body: [UInt8],
        to path: String = "/v1/traces",
        type: String? = "application/x-protobuf",
        headers: [HTTPHeader] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let response = try await post(body, to: path, type: type, headers: headers)
        #expect(response.status == status, sourceLocation: sourceLocation)
    }
}

extension Logger {
    static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

import HTTPTypes
import HummingbirdCore
import NIOCore
import OTLP

/// Answers one OTLP/HTTP request after another: access, path, method, encoding, size, budget, body, in that order.
///
/// Called concurrently, once a request, on the cooperative pool.
struct OTLPHTTPResponder: Sendable {
    let service: ExportService
    let budget: InFlightBudget
    let settings: ReceiverSettings

    private var counters: ReceiverCounters { service.counters }
    private var reader: RequestBodyReader { RequestBodyReader(settings: settings, counters: counters) }

    /// Throws to close the connection.
    func respond(to request: Request, with writer: consuming ResponseWriter, on channel: any Channel) async throws {
        var body = request.body.makeAsyncIterator()
        var awaitsContinue = request.headers[.expect]?.lowercased() == "100-continue"
        let encoding = OTLPEncoding(contentType: request.headers[.contentType])
        let origin = allowedOrigin(of: request)
        var answer: OTLPAnswer
        do {
            if request.method == .options, let origin {
                // Before access: a browser asks without credentials.
                answer = .preflight(origin: origin)
            } else {
                let port = channel.localAddress?.port
                let (signal, encoding, coding) = try admit(request, encoding: encoding, port: port)
                if awaitsContinue {
                    try await writer.writeInformationalHead(HTTPResponse(status: .continue))
                    awaitsContinue = false
                }
                let length = request.headers[.contentLength].flatMap { Int($0) }
                let outcome = try await take(signal, encoding, &body, coding: coding, declaredLength: length)
                answer = .success(outcome, in: encoding)
            }
        } catch let refusal as Refusal {
            counters.countRefusal(refusal.reason)
            answer = .refusal(refusal, in: encoding ?? .protobuf)
        }
        if let origin {
            answer.headers[.accessControlAllowOrigin] = origin
            answer.headers[.vary] = "Origin"
        }
        try await write(answer, to: request, with: writer)
        // A client that still waits for "100 Continue" sends no body, so there is nothing to read after a refusal.
        if awaitsContinue { throw ConnectionEnded() }
        let isDrained = try await reader.discard(&body, upTo: 2 * settings.bodyBytes)
        if answer.closesConnection || !isDrained { throw ConnectionEnded() }
    }

    private func admit(
        _ request: Request,
        encoding: OTLPEncoding?,
        port: Int?
    ) throws(Refusal) -> (Signal, OTLPEncoding, ContentCoding) {
        let path = request.uri.path
        try settings.credentials.admitSender(request.headers[.authorization])
        guard let signal = signal(for: path) else {
            throw Refusal(reason: .unknownPath, message: unknownPath(path, port: port))
        }
        guard request.method == .post else {
            throw Refusal(reason: .methodNotAllowed, message: "OTLP/HTTP exports are sent with POST")
        }
        guard let encoding else { throw unsupported(contentType: request.headers[.contentType]) }
        guard let coding = ContentCoding(header: request.headers[.contentEncoding]) else {
            throw Refusal(
                reason: .unsupportedCompression,
                message: "this Content-Encoding is not supported: set OTEL_EXPORTER_OTLP_COMPRESSION to gzip or none"
            )
        }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > settings.bodyBytes {
            throw .tooLarge("body", limit: settings.bodyBytes)
        }
        return (signal, encoding, coding)
    }

    private func take(
        _ signal: Signal,
        _ encoding: OTLPEncoding,
        _ body: inout RequestBody.AsyncIterator,
        coding: ContentCoding,
        declaredLength: Int?
    ) async throws -> ExportService.Outcome {
        var reservation = budget.reservation()
        let received = try await reader.read(
            &body,
            coding: coding,
            declaredLength: declaredLength,
            reservation: &reservation
        )
        return try received.withBytes { bytes throws(Refusal) in try service.export(bytes, signal, encoding) }
    }

    private func allowedOrigin(of request: Request) -> String? {
        guard !settings.allowedOrigins.isEmpty, let origin = request.headers[.origin] else { return nil }
        return settings.allowedOrigins.contains(origin) ? origin : nil
    }

    private func write(
        _ answer: OTLPAnswer,
        to request: Request,
        with writer: consuming ResponseWriter
    ) async throws {
        var head = HTTPResponse(status: .init(code: answer.status), headerFields: answer.headers)
        head.headerFields[.contentLength] = "\(answer.body.count)"
        if request.method == .head {
            try await writer.writeResponse(head)
        } else {
            try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        }
    }

    private func signal(for path: String) -> Signal? {
        // Configurations end their base URL in a slash often enough.
        switch path.hasSuffix("/") ? String(path.dropLast()) : path {
        case "/v1/traces": .traces
        case "/v1/metrics": .metrics
        case "/v1/logs": .logs
        default: nil
        }
    }

    private func unknownPath(_ path: String, port: Int?) -> String {
        let base = "http://127.0.0.1:\(port ?? 4318)"
        let shown = path.utf8.count <= 100 ? path : String(path.prefix(100)) + "…"
        return "nothing is received at \(shown): set OTEL_EXPORTER_OTLP_ENDPOINT=\(base) (the SDK adds /v1/traces), "
            + "or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=\(base)/v1/traces (used as it is)"
    }

    private func unsupported(contentType: String?) -> Refusal {
        let found = contentType == nil ? "the Content-Type is missing" : "this Content-Type is not OTLP"
        return Refusal(
            reason: .unsupportedMediaType,
            message: "\(found): send application/x-protobuf (OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf) or "
                + "application/json"
        )
    }
}

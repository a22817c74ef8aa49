import Curl
import Telemetry

/// Calls one other service of the shop: a CLIENT span for each call, its context in `traceparent`.
struct ServiceClient: Sendable {
    /// An answer with its status and JSON.
    struct Answer: Sendable {
        var status: Int
        var body: [UInt8]

        var isSuccess: Bool { (200..<300).contains(status) }
    }

    let service: ServiceName
    private let port: Int
    private let tracer: Tracer
    private let client: HTTPClient

    init(_ service: ServiceName, port: Int, tracer: Tracer, client: HTTPClient) {
        self.service = service
        self.port = port
        self.tracer = tracer
        self.client = client
    }

    /// Sends one request in the running task's trace.
    ///
    /// `template` is the path, `{id}` standing for `id`: the span is named after it. `resend` says how often this
    /// request has failed before.
    func call(
        _ template: String,
        id: Int? = nil,
        method: String = "GET",
        body: [UInt8] = [],
        resend: Int = 0
    ) async throws(UpstreamError) -> Answer {
        let path = id.map { template.replacing("{id}", with: String($0)) } ?? template
        let url = "http://127.0.0.1:\(port)\(path)"
        var span = tracer.begin(
            "\(method) \(template)",
            kind: .client,
            parent: Tracer.current,
            attributes: [
                ("http.request.method", .string(method)),
                ("url.full", .string(url)),
                ("url.template", .string(template)),
                ("server.address", "127.0.0.1"),
                ("server.port", .int(Int64(port))),
            ]
        )
        defer { tracer.end(span) }
        if resend > 0 { span.set("http.request.resend_count", .int(Int64(resend))) }
        let request = HTTPRequest(
            method: method,
            url: url,
            headers: Self.headers(span.context, resend: resend, hasBody: !body.isEmpty),
            body: body,
            timeout: .seconds(5)
        )
        do throws(CurlError) {
            let response = try await client.send(request)
            span.set("http.response.status_code", .int(Int64(response.status)))
            if response.status >= 400 { span.errorType = String(response.status) }
            return Answer(status: response.status, body: response.body)
        } catch {
            span.errorType = error.kind.rawValue
            span.errorMessage = error.description
            throw UpstreamError.noAnswer(service, error.description)
        }
    }

    /// Whether the service answers its health check; no span.
    func isHealthy() async -> Bool {
        let request = HTTPRequest(url: "http://127.0.0.1:\(port)/healthz", timeout: .seconds(1))
        return (try? await client.send(request))?.status == 200
    }

    private static func headers(_ context: TraceContext, resend: Int, hasBody: Bool) -> [HTTPHeader] {
        var headers = [HTTPHeader(name: "traceparent", value: context.traceparent)]
        if let state = context.state { headers.append(HTTPHeader(name: "tracestate", value: state)) }
        if let baggage = context.baggage { headers.append(HTTPHeader(name: "baggage", value: baggage)) }
        if resend > 0 { headers.append(HTTPHeader(name: "x-retry-attempt", value: String(resend))) }
        if hasBody { headers.append(HTTPHeader(name: "content-type", value: "application/json")) }
        return headers
    }
}

/// Whether a span is an error, and of which class.
///
/// The status decides when the sender set it. Otherwise HTTP and gRPC codes do, by OpenTelemetry's rules: a 4xx answer
/// is an error of the client span and none of the server span. An exception event alone, which may have been handled,
/// is no error.
struct ErrorClassification {
    let isError: Bool
    /// Empty when the span is no error.
    let type: String

    /// The longest error class kept.
    private static let byteLimit = 200

    init(of span: SpanDescription) {
        let http = span.value(.httpStatus)?.integer.flatMap { (100...599).contains($0) ? $0 : nil }
        let grpc = span.value(.rpcStatus).flatMap(GRPCStatus.init)
        isError =
            switch span.status {
            case .error: true
            case .ok: false
            case .unset:
                ErrorClassification.isHTTPError(http, span.kind) || ErrorClassification.isRPCError(grpc, span.kind)
            }
        guard isError else {
            type = ""
            return
        }
        let candidates: [String?] = [
            span.text(.errorType),
            span.exceptionType.isEmpty ? nil : span.exceptionType,
            http.flatMap { $0 >= 400 ? String($0) : nil },
            grpc.flatMap { $0 == .ok ? nil : $0.name },
            span.text(.dbStatus),
        ]
        // `_OTHER` is the convention's own word for an error without a class.
        let found = candidates.compactMap { $0 }.first ?? "_OTHER"
        type = PrintableText.cleaned(Redaction.redacted(found)).prefix(utf8: ErrorClassification.byteLimit)
    }

    private static func isHTTPError(_ status: Int64?, _ kind: SpanKind) -> Bool {
        guard let status else { return false }
        return switch kind {
        case .server: status >= 500
        case .client: status >= 400
        default: false
        }
    }

    private static func isRPCError(_ status: GRPCStatus?, _ kind: SpanKind) -> Bool {
        guard let status else { return false }
        return switch kind {
        case .server: status.isServerFault
        case .client: status != .ok
        default: false
        }
    }
}

/// The low-cardinality name of what a span did.
///
/// Order: HTTP server, database, RPC, messaging, other HTTP, function, and last the span's own name, templated. The
/// span name comes last because it is a raw path in Flask's 404, constant in Envoy and Caddy, and `select` in Python's
/// sqlite3.
package enum OperationNaming {
    /// No name is longer.
    package static let byteLimit = 255

    static func name(of span: SpanDescription, query: DatabaseQuery?) -> String {
        let name =
            (span.kind == .server ? http(span) : nil)
            ?? query?.operationName
            ?? rpc(span)
            ?? messaging(span)
            ?? (span.kind == .server ? nil : http(span))
            ?? function(span)
            ?? PathTemplate.name(span.name)
        let bounded = PrintableText.cleaned(name).prefix(utf8: byteLimit)
        return bounded.isEmpty ? "unknown" : bounded
    }

    private static func http(_ span: SpanDescription) -> String? {
        guard let method = span.text(.httpMethod).map(knownMethod) else { return nil }
        if let template = span.text(span.kind == .client ? .urlTemplate : .httpRoute) { return "\(method) \(template)" }
        if let path = span.text(.urlPath) ?? span.text(.urlFull) { return "\(method) \(PathTemplate.path(path))" }
        return span.name.isEmpty ? method : nil
    }

    // Anything else is a sender's typo or an attack on cardinality; the convention's own word for it is `HTTP`.
    private static func knownMethod(_ method: String) -> String {
        let upper = method.asciiUppercased
        return methods.contains(upper) ? upper : "HTTP"
    }

    private static let methods: Set<String> = [
        "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE",
    ]

    private static func rpc(_ span: SpanDescription) -> String? {
        guard let method = span.text(.rpcMethod) else { return nil }
        if method.utf8.contains(UInt8(ascii: "/")) { return method.first == "/" ? String(method.dropFirst()) : method }
        return span.text(.rpcService).map { "\($0)/\(method)" } ?? method
    }

    private static func messaging(_ span: SpanDescription) -> String? {
        guard span.value(.messagingSystem) != nil || span.value(.messagingDestination) != nil else { return nil }
        let destination =
            span.text(.messagingTemplate)
            ?? (span.value(.messagingIsTemporary) == .bool(true) ? "(temporary)" : nil)
            ?? span.text(.messagingDestination).map(PathTemplate.name)
        let parts = [span.text(.messagingOperation), destination].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    private static func function(_ span: SpanDescription) -> String? {
        guard let trigger = span.text(.faasTrigger) else { return nil }
        return "\(trigger) \(span.text(.faasName) ?? PathTemplate.name(span.name))"
    }
}

/// Walks the envelope of an OTLP request where it lies: resources, scopes, and in them the items, which are spans,
/// metrics or log records; the three signals agree in the numbers of these fields.
///
/// The items come after their resource, wherever on the wire that is.
struct RequestWalk {
    private let body: UnsafeRawBufferPointer

    /// Items in the request.
    let count: Int

    /// Reads the whole envelope once without allocating, so that a flood or a cut body costs nothing more.
    init(
        _ body: UnsafeRawBufferPointer,
        signal: Signal,
        limits: DecodingLimits
    ) throws(WireError) {
        self.body = body
        var items = 0
        var others = 0
        var request = WireReader(body)
        while let field = try request.next() {
            others += 1
            if field.isBytes(1) {
                var resource = WireReader(field.bytes)
                while let field = try resource.next() {
                    others += 1
                    try RequestWalk.check(items: items, others: others, signal, limits)
                    guard field.isBytes(2) else { continue }
                    var scope = WireReader(field.bytes)
                    while let field = try scope.next() {
                        if field.isBytes(2) { items += 1 } else { others += 1 }
                        try RequestWalk.check(items: items, others: others, signal, limits)
                    }
                }
            }
            try RequestWalk.check(items: items, others: others, signal, limits)
        }
        count = items
    }

    private static func check(
        items: Int,
        others: Int,
        _ signal: Signal,
        _ limits: DecodingLimits
    ) throws(WireError) {
        guard items <= limits.itemsPerRequest else {
            throw .tooLarge("more than \(limits.itemsPerRequest) \(signal.items) in one request: send smaller batches")
        }
        guard others <= limits.envelopeFieldsPerRequest else {
            throw .tooLarge(
                "more than \(limits.envelopeFieldsPerRequest) fields around the \(signal.items): send smaller batches"
            )
        }
    }

    /// The resources in wire order.
    var resources: Resources { Resources(fields: WireReader(body)) }

    /// Goes from one resource to the next.
    struct Resources {
        fileprivate var fields: WireReader

        mutating func next() throws(WireError) -> Resource? {
            while let field = try fields.next() {
                guard field.isBytes(1) else { continue }
                var parts: [UnsafeRawBufferPointer] = []
                var inner = WireReader(field.bytes)
                while let field = try inner.next() {
                    if field.isBytes(1) { parts.append(field.bytes) }
                }
                return Resource(parts: parts, items: Items(scopes: WireReader(field.bytes)))
            }
            return nil
        }
    }

    /// One `ResourceSpans`, `ResourceMetrics` or `ResourceLogs`.
    struct Resource {
        /// Undecoded `Resource` messages: protobuf wants a message that occurs twice merged.
        let parts: [UnsafeRawBufferPointer]
        let items: Items
    }

    /// Goes through the undecoded items of all scopes of a resource.
    struct Items {
        fileprivate var scopes: WireReader
        private var messages = WireReader(UnsafeRawBufferPointer(start: nil, count: 0))

        fileprivate init(scopes: WireReader) {
            self.scopes = scopes
        }

        mutating func next() throws(WireError) -> UnsafeRawBufferPointer? {
            while true {
                while let message = try messages.next() {
                    if message.isBytes(2) { return message.bytes }
                }
                guard let scope = try scopes.next() else { return nil }
                if scope.isBytes(2) { messages = WireReader(scope.bytes) }
            }
        }
    }
}

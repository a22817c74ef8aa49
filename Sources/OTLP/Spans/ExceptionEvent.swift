import COTLP

/// The exception that a span's events tell of.
enum ExceptionEvent {
    /// `exception.type` of the last exception event; empty when there is none.
    ///
    /// Most SDKs still record exceptions as events, though the convention is moving to logs. The bytes live until the
    /// arena is reset.
    static func type(of span: Otlp__Span, arena: borrowing DecodingArena) -> UnsafeRawBufferPointer {
        let events = UnsafeBufferPointer(start: span.events, count: span.n_events)
        for event in events.suffix(1_000).reversed() where isException(event.buffer) {
            guard let message = otlp__event__unpack(arena.allocator, event.len, event.data) else { continue }
            for pair in UnsafeBufferPointer(start: message.pointee.attributes, count: message.pointee.n_attributes) {
                guard let pair = pair?.pointee, pair.key.buffer.elementsEqual("exception.type".utf8) else { continue }
                if case .string(let type) = WireValue(pair.value) { return type }
            }
        }
        return UnsafeRawBufferPointer(start: nil, count: 0)
    }

    /// Reads the name alone: most events are none, and need not be unpacked.
    private static func isException(_ event: UnsafeRawBufferPointer) -> Bool {
        var reader = WireReader(event)
        var result = false
        while let field = try? reader.next() {
            if field.isBytes(2) { result = field.bytes.elementsEqual("exception".utf8) }
        }
        return result
    }
}

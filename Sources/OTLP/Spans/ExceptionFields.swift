import COTLP

/// What the attributes of an event or a log record say of an exception, in place.
struct ExceptionFields {
    private(set) var type = UnsafeRawBufferPointer.empty
    private(set) var message = UnsafeRawBufferPointer.empty

    init(_ attributes: UnsafeMutablePointer<UnsafeMutablePointer<Otlp__KeyValue>?>?, count: Int) {
        for pair in UnsafeBufferPointer(start: attributes, count: count) {
            guard let pair = pair?.pointee, case .string(let text) = WireValue(pair.value) else { continue }
            if pair.key.buffer.elementsEqual("exception.type".utf8) { type = text }
            if pair.key.buffer.elementsEqual("exception.message".utf8) { message = text }
        }
    }
}

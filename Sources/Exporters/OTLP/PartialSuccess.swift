/// What the body of a 200 says about spans the receiver would not have: OTLP's `partial_success`.
struct PartialSuccess: Hashable {
    /// Such spans are lost: a client must not send them again.
    var rejectedSpans = 0
    var reason = ""

    /// Reads an `ExportTraceServiceResponse` in protobuf; what cannot be read counts as full success.
    ///
    /// The request was answered 200, so an unexpected body is no reason to call its spans lost.
    init(response body: [UInt8]) {
        var reader = FieldReader(body[...])
        while let field = reader.next() {
            guard field.number == 1, case .bytes(let message) = field.value else { continue }
            var inner = FieldReader(message)
            while let field = inner.next() {
                switch (field.number, field.value) {
                case (1, .varint(let count)): rejectedSpans = Int(clamping: Int64(bitPattern: count))
                case (2, .bytes(let text)): reason = String(decoding: text, as: UTF8.self)
                default: continue
                }
            }
        }
    }
}

/// Walks the fields of a protobuf message as far as they make sense.
private struct FieldReader {
    enum Value {
        case varint(UInt64)
        case bytes(ArraySlice<UInt8>)
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// `nil` at the end, and at the first field that is neither of the two kinds this answer has.
    mutating func next() -> (number: UInt64, value: Value)? {
        guard let tag = varint() else { return nil }
        switch tag & 7 {
        case 0:
            guard let value = varint() else { return nil }
            return (tag >> 3, .varint(value))
        case 2:
            guard let count = varint(), count <= UInt64(rest.count) else { return nil }
            defer { rest = rest.dropFirst(Int(count)) }
            return (tag >> 3, .bytes(rest.prefix(Int(count))))
        default:
            return nil
        }
    }

    private mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 64, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte & 0x80 == 0 { return value }
        }
        return nil
    }
}

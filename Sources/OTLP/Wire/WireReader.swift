/// Reads the fields of one protobuf message where they lie; allocates nothing.
struct WireReader {
    private var rest: UnsafeRawBufferPointer

    init(_ message: UnsafeRawBufferPointer) {
        rest = message
    }

    /// The next field; `nil` at the end of the message.
    mutating func next() throws(OTLPDecodingError) -> WireField? {
        guard !rest.isEmpty else { return nil }
        let tag = try varint()
        guard let number = UInt32(exactly: tag >> 3), (1..<(1 << 29)).contains(number) else {
            throw .malformed("a field number is out of range")
        }
        switch tag & 7 {
        case 0:
            return WireField(number: number, type: .varint, scalar: try varint(), bytes: .init(start: nil, count: 0))
        case 1:
            return WireField(number: number, type: .fixed64, bytes: try take(8))
        case 2:
            return WireField(number: number, type: .lengthDelimited, bytes: try take(try varint()))
        case 5:
            return WireField(number: number, type: .fixed32, bytes: try take(4))
        default:
            // Groups left the language before OTLP began.
            throw .malformed("a field has wire type \(tag & 7), which OTLP does not use")
        }
    }

    private mutating func varint() throws(OTLPDecodingError) -> UInt64 {
        var result: UInt64 = 0
        for (index, byte) in rest.prefix(10).enumerated() {
            result |= UInt64(byte & 0x7F) << UInt64(7 * index)
            if byte < 0x80 {
                rest = UnsafeRawBufferPointer(rebasing: rest[(index + 1)...])
                return result
            }
        }
        throw .malformed(rest.count < 10 ? "the message ends within a number" : "a number is longer than 10 bytes")
    }

    private mutating func take(_ count: UInt64) throws(OTLPDecodingError) -> UnsafeRawBufferPointer {
        guard count <= UInt64(rest.count) else {
            throw .malformed("a field wants \(count) bytes, but \(rest.count) are left: the message was cut off")
        }
        let taken = UnsafeRawBufferPointer(rebasing: rest[..<Int(count)])
        rest = UnsafeRawBufferPointer(rebasing: rest[Int(count)...])
        return taken
    }
}

/// One field of a protobuf message, in place.
struct WireField {
    enum WireType { case varint, fixed64, lengthDelimited, fixed32 }

    let number: UInt32
    let type: WireType
    /// The value of a varint, else 0.
    let scalar: UInt64
    /// What any other type holds.
    let bytes: UnsafeRawBufferPointer

    init(number: UInt32, type: WireType, scalar: UInt64 = 0, bytes: UnsafeRawBufferPointer) {
        self.number = number
        self.type = type
        self.scalar = scalar
        self.bytes = bytes
    }

    /// Whether it is a message, string or bytes under this number; any other type there is an unknown field.
    func isBytes(_ number: UInt32) -> Bool { self.number == number && type == .lengthDelimited }
}

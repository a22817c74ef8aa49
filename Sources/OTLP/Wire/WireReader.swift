/// Reads the fields of one protobuf message where they lie; allocates nothing.
struct WireReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ message: UnsafeRawBufferPointer) {
        bytes = message
    }

    /// The next field; `nil` at the end of the message.
    @inline(__always)
    mutating func next() throws(OTLPDecodingError) -> WireField? {
        guard position < bytes.count else { return nil }
        let tag = try varint()
        let number = tag >> 3
        guard number > 0, number < 1 << 29 else { throw .malformed("a field number is out of range") }
        switch tag & 7 {
        case 0:
            return WireField(number: UInt32(number), type: .varint, scalar: try varint(), bytes: .empty)
        case 1:
            return WireField(number: UInt32(number), type: .fixed64, bytes: try take(8))
        case 2:
            return WireField(number: UInt32(number), type: .lengthDelimited, bytes: try take(try varint()))
        case 5:
            return WireField(number: UInt32(number), type: .fixed32, bytes: try take(4))
        default:
            // Groups left the language before OTLP began.
            throw .malformed("a field has wire type \(tag & 7), which OTLP does not use")
        }
    }

    // Nearly every tag, and the length of nearly every field, is one byte or two.
    @inline(__always)
    private mutating func varint() throws(OTLPDecodingError) -> UInt64 {
        if position < bytes.count, bytes[position] < 0x80 {
            position += 1
            return UInt64(bytes[position - 1])
        }
        return try longVarint()
    }

    @inline(never)
    private mutating func longVarint() throws(OTLPDecodingError) -> UInt64 {
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.count, shift < 70 {
            let byte = bytes[position]
            position += 1
            result |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return result }
            shift += 7
        }
        throw .malformed(shift < 70 ? "the message ends within a number" : "a number is longer than 10 bytes")
    }

    @inline(__always)
    private mutating func take(_ count: UInt64) throws(OTLPDecodingError) -> UnsafeRawBufferPointer {
        let left = bytes.count - position
        guard count <= UInt64(left) else { throw cutOff(wanted: count, left: left) }
        let start = position
        position += Int(count)
        return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    }

    @inline(never)
    private func cutOff(wanted: UInt64, left: Int) -> OTLPDecodingError {
        .malformed("a field wants \(wanted) bytes, but \(left) are left: the message was cut off")
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

    @inline(__always)
    init(number: UInt32, type: WireType, scalar: UInt64 = 0, bytes: UnsafeRawBufferPointer) {
        self.number = number
        self.type = type
        self.scalar = scalar
        self.bytes = bytes
    }

    /// Whether it is a message, string or bytes under this number; any other type there is an unknown field.
    @inline(__always)
    func isBytes(_ number: UInt32) -> Bool { self.number == number && type == .lengthDelimited }

    /// The value of a `fixed64`; call only for that type.
    var fixed64: UInt64 { UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)) }

    /// The value of a `fixed32`; call only for that type.
    var fixed32: UInt32 { UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)) }
}

extension UnsafeRawBufferPointer {
    static var empty: Self { Self(start: nil, count: 0) }
}

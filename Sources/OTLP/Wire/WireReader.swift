/// Reads the fields of one protobuf message where they lie; allocates nothing.
///
/// The bytes must outlive the reader and what it gives. It goes no deeper than its message: readers of messages that
/// nest in themselves bound their own depth.
package struct WireReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    package init(_ message: UnsafeRawBufferPointer) {
        bytes = message
    }

    /// Whether nothing is left, for streams of messages that are each preceded by their length.
    package var isAtEnd: Bool { position >= bytes.count }

    /// The next field; `nil` at the end of the message.
    @inline(__always)
    package mutating func next() throws(WireError) -> WireField? {
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

    /// Takes a length and as many bytes.
    package mutating func delimited() throws(WireError) -> UnsafeRawBufferPointer { try take(try varint()) }

    // Nearly every tag, and the length of nearly every field, is one byte or two.
    @inline(__always)
    package mutating func varint() throws(WireError) -> UInt64 {
        if position < bytes.count, bytes[position] < 0x80 {
            position += 1
            return UInt64(bytes[position - 1])
        }
        return try longVarint()
    }

    @inline(never)
    private mutating func longVarint() throws(WireError) -> UInt64 {
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
    mutating func take(_ count: UInt64) throws(WireError) -> UnsafeRawBufferPointer {
        let left = bytes.count - position
        guard count <= UInt64(left) else { throw cutOff(wanted: count, left: left) }
        let start = position
        position += Int(count)
        return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    }

    @inline(never)
    private func cutOff(wanted: UInt64, left: Int) -> WireError {
        .malformed("a field wants \(wanted) bytes, but \(left) are left: the message was cut off")
    }
}

extension UnsafeRawBufferPointer {
    /// No bytes at no address.
    package static var empty: Self { Self(start: nil, count: 0) }
}

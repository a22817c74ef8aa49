/// Reads the fields of one protobuf message where they lie; allocates nothing.
///
/// The bytes must outlive the reader and what it gives. It goes no deeper than its message: readers of messages that
/// nest in themselves bound their own depth.
package struct WireReader {
    private var position: UnsafeRawPointer
    private let end: UnsafeRawPointer

    package init(_ message: UnsafeRawBufferPointer) {
        // An empty message may be at no address.
        position = message.baseAddress ?? WireReader.nowhere
        end = position + message.count
    }

    /// An address that nothing is read from.
    private static var nowhere: UnsafeRawPointer { UnsafeRawPointer(bitPattern: 8).unsafelyUnwrapped }

    /// Whether nothing is left, for streams of messages that are each preceded by their length.
    package var isAtEnd: Bool { position >= end }

    /// The next field; `nil` at the end of the message.
    @inline(__always)
    package mutating func next() throws(WireError) -> WireField? {
        guard let tag = try tag() else { return nil }
        return try field(tag)
    }

    /// The next field's number and type as they lie on the wire, for who takes what follows; `nil` at the end.
    @inline(__always)
    mutating func tag() throws(WireError) -> UInt64? { position < end ? try varint() : nil }

    /// What follows a tag.
    @inline(__always)
    mutating func field(_ tag: UInt64) throws(WireError) -> WireField {
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

    mutating func fixed64() throws(WireError) -> UInt64 {
        UInt64(littleEndian: try take(8).loadUnaligned(as: UInt64.self))
    }

    mutating func fixed32() throws(WireError) -> UInt32 {
        UInt32(littleEndian: try take(4).loadUnaligned(as: UInt32.self))
    }

    /// Takes a length and as many bytes.
    @inline(__always)
    package mutating func delimited() throws(WireError) -> UnsafeRawBufferPointer { try take(try varint()) }

    // Nearly every tag, and the length of nearly every field, is one byte or two.
    @inline(__always)
    package mutating func varint() throws(WireError) -> UInt64 {
        if position < end {
            let byte = position.load(as: UInt8.self)
            if byte < 0x80 {
                position += 1
                return UInt64(byte)
            }
            if position + 1 < end, case let high = position.load(fromByteOffset: 1, as: UInt8.self), high < 0x80 {
                position += 2
                return UInt64(byte & 0x7F) | UInt64(high) << 7
            }
        }
        return try longVarint()
    }

    @inline(never)
    private mutating func longVarint() throws(WireError) -> UInt64 {
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while position < end, shift < 70 {
            let byte = position.load(as: UInt8.self)
            position += 1
            result |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return result }
            shift += 7
        }
        throw .malformed(shift < 70 ? "the message ends within a number" : "a number is longer than 10 bytes")
    }

    @inline(__always)
    mutating func take(_ count: UInt64) throws(WireError) -> UnsafeRawBufferPointer {
        let left = end - position
        guard count <= UInt64(left) else { throw cutOff(wanted: count, left: left) }
        defer { position += Int(count) }
        return UnsafeRawBufferPointer(start: position, count: Int(count))
    }

    @inline(never)
    private func cutOff(wanted: UInt64, left: Int) -> WireError {
        .malformed("a field wants \(wanted) bytes, but \(left) are left: the message was cut off")
    }
}

extension UnsafeRawBufferPointer {
    /// No bytes at no address.
    package static var empty: Self { Self(start: nil, count: 0) }

    /// Some of the bytes, in place; the range must lie within them.
    @inline(__always)
    func part(_ range: Range<Int>) -> UnsafeRawBufferPointer { Self(rebasing: self[range]) }
}

/// Walks the fields of one protobuf message, without copying or allocating.
///
/// Prometheus' messages are shallow and never nest in themselves, so a reader a level is all the depth there is. The
/// bytes must outlive the reader.
struct ProtobufReader {
    /// Why a message cannot be read.
    enum Failure: Error { case malformed }

    private var rest: UnsafeRawBufferPointer

    init(_ message: UnsafeRawBufferPointer) {
        rest = message
    }

    /// The next field, in the order of the bytes; `nil` at the end.
    mutating func next() throws(Failure) -> ProtobufField? {
        guard !rest.isEmpty else { return nil }
        let key = try varint()
        let number = Int(key >> 3)
        guard number > 0, number <= 0x1fff_ffff else { throw .malformed }
        switch key & 7 {
        case 0: return ProtobufField(number: number, value: .number(try varint()))
        case 1: return ProtobufField(number: number, value: .number(try fixed(8)))
        case 2: return ProtobufField(number: number, value: .bytes(try delimited()))
        case 5: return ProtobufField(number: number, value: .number(try fixed(4)))
        default: throw .malformed
        }
    }

    /// Whether nothing is left, for streams of messages that are each preceded by their length.
    var isAtEnd: Bool { rest.isEmpty }

    /// Takes a length and as many bytes.
    mutating func delimited() throws(Failure) -> UnsafeRawBufferPointer {
        let length = try varint()
        guard length <= UInt64(rest.count) else { throw .malformed }
        return take(Int(length))
    }

    mutating func varint() throws(Failure) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        for (index, byte) in rest.prefix(10).enumerated() {
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 {
                _ = take(index + 1)
                return value
            }
            shift += 7
        }
        throw .malformed
    }

    mutating func fixed(_ count: Int) throws(Failure) -> UInt64 {
        guard rest.count >= count else { throw .malformed }
        return take(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func take(_ count: Int) -> UnsafeRawBufferPointer {
        defer { rest = UnsafeRawBufferPointer(rebasing: rest[count...]) }
        return UnsafeRawBufferPointer(rebasing: rest[..<count])
    }
}

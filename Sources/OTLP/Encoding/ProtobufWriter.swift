/// Appends protobuf fields to bytes.
///
/// Scalars with their default value are left out, as proto3 wants; `message` always writes its field.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    mutating func message(_ field: Int, _ write: (inout ProtobufWriter) -> Void) {
        var inner = ProtobufWriter()
        write(&inner)
        prefix(field, count: inner.bytes.count)
        bytes.append(contentsOf: inner.bytes)
    }

    /// Appends what is already a message.
    mutating func raw(_ message: [UInt8]) { bytes.append(contentsOf: message) }

    mutating func string(_ field: Int, _ value: String) {
        guard !value.isEmpty else { return }
        explicitString(field, value)
    }

    /// For a member of a `oneof`, where the empty string differs from nothing.
    mutating func explicitString(_ field: Int, _ value: String) {
        prefix(field, count: value.utf8.count)
        bytes.append(contentsOf: value.utf8)
    }

    /// The value as `bytes`, most significant byte first: how ids travel.
    mutating func bigEndian(_ field: Int, _ words: [UInt64]) {
        prefix(field, count: words.count * 8)
        for word in words {
            for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
        }
    }

    mutating func varint(_ field: Int, _ value: UInt64) {
        guard value != 0 else { return }
        explicitVarint(field, value)
    }

    mutating func explicitVarint(_ field: Int, _ value: UInt64) {
        append(UInt64(field) << 3)
        append(value)
    }

    mutating func fixed64(_ field: Int, _ value: UInt64) {
        append(UInt64(field) << 3 | 1)
        for shift in stride(from: 0, through: 56, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    mutating func fixed32(_ field: Int, _ value: UInt32) {
        append(UInt64(field) << 3 | 5)
        for shift in stride(from: 0, through: 24, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    private mutating func prefix(_ field: Int, count: Int) {
        append(UInt64(field) << 3 | 2)
        append(UInt64(count))
    }

    private mutating func append(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

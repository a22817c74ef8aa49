/// A `KeyValue` read where it lies: spans have too many of them to unpack each.
struct RawAttribute {
    private(set) var key = UnsafeRawBufferPointer.empty
    private(set) var value = WireValue.absent

    /// Throws when it is no valid message.
    init(_ message: UnsafeRawBufferPointer) throws(WireError) {
        var reader = WireReader(message)
        while let field = try reader.next() {
            switch (field.number, field.type) {
            case (1, .lengthDelimited): key = field.bytes
            // A message that occurs twice is merged, and of a `oneof` the last one counts.
            case (2, .lengthDelimited): try value.merge(field.bytes)
            case (1...2, _): throw .malformed("an attribute has a field of the wrong type")
            default: break
            }
        }
    }
}

extension WireValue {
    /// Reads an `AnyValue`; one without a value leaves this as it is.
    mutating func merge(_ message: UnsafeRawBufferPointer) throws(WireError) {
        var reader = WireReader(message)
        while let field = try reader.next() {
            switch (field.number, field.type) {
            case (1, .lengthDelimited): self = .string(field.bytes)
            case (2, .varint): self = .bool(field.scalar != 0)
            case (3, .varint): self = .int(Int64(bitPattern: field.scalar))
            case (4, .fixed64): self = .double(Double(bitPattern: field.fixed64))
            case (5, .lengthDelimited): self = .array(field.bytes)
            case (6, .lengthDelimited): self = .map(field.bytes)
            case (7, .lengthDelimited): self = .blob(field.bytes)
            case (1...7, _): throw .malformed("a value has a field of the wrong type")
            default: break
            }
        }
    }
}

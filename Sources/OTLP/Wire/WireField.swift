/// One field of a protobuf message, in place; what its number means knows only the message.
package struct WireField {
    /// How a field lies on the wire.
    package enum WireType { case varint, fixed64, lengthDelimited, fixed32 }

    package let number: UInt32
    package let type: WireType
    /// The value of a varint, else 0.
    package let scalar: UInt64
    /// What any other type holds.
    package let bytes: UnsafeRawBufferPointer

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

// For messages in which a field of another type than the expected one makes the whole message malformed.
extension WireField {
    package func unsigned() throws(WireError) -> UInt64 {
        guard type == .varint else { throw wrongType }
        return scalar
    }

    /// `int32` and `int64`.
    package func signed() throws(WireError) -> Int64 { Int64(bitPattern: try unsigned()) }

    /// `sint32` and `sint64`.
    package func zigzag() throws(WireError) -> Int64 { WireField.zigzag(try unsigned()) }

    package func double() throws(WireError) -> Double {
        guard type == .fixed64 else { throw wrongType }
        return Double(bitPattern: fixed64)
    }

    /// A message, or plain bytes.
    package func message() throws(WireError) -> UnsafeRawBufferPointer {
        guard type == .lengthDelimited else { throw wrongType }
        return bytes
    }

    /// Text; protobuf demands valid UTF-8.
    package func text() throws(WireError) -> String {
        guard let text = String(validating: try message(), as: UTF8.self) else {
            throw .malformed("field \(number) is no UTF-8")
        }
        return text
    }

    /// Appends a repeated `sint64`, packed or not.
    package func appendZigzags(to list: inout [Int64]) throws(WireError) {
        guard type == .lengthDelimited else { return list.append(try zigzag()) }
        var packed = WireReader(bytes)
        while !packed.isAtEnd { list.append(WireField.zigzag(try packed.varint())) }
    }

    /// Appends a repeated `double`, packed or not.
    package func appendDoubles(to list: inout [Double]) throws(WireError) {
        guard type == .lengthDelimited else { return list.append(try double()) }
        var packed = WireReader(bytes)
        while !packed.isAtEnd {
            let bits = try packed.take(8).loadUnaligned(as: UInt64.self)
            list.append(Double(bitPattern: UInt64(littleEndian: bits)))
        }
    }

    private var wrongType: WireError { .malformed("field \(number) is of the wrong type") }

    private static func zigzag(_ bits: UInt64) -> Int64 { Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1) }
}

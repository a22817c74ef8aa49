/// One field as it stands on the wire; what its number means knows only the message.
struct ProtobufField {
    enum Value {
        /// A varint, or the bits of a fixed field.
        case number(UInt64)
        /// Text, bytes, a message, or packed numbers.
        case bytes(UnsafeRawBufferPointer)
    }

    let number: Int
    let value: Value

    func unsigned() throws(ProtobufReader.Failure) -> UInt64 {
        guard case .number(let bits) = value else { throw .malformed }
        return bits
    }

    func signed() throws(ProtobufReader.Failure) -> Int64 { Int64(bitPattern: try unsigned()) }

    /// `sint32` and `sint64`.
    func zigzag() throws(ProtobufReader.Failure) -> Int64 { ProtobufField.zigzag(try unsigned()) }

    func double() throws(ProtobufReader.Failure) -> Double { Double(bitPattern: try unsigned()) }

    func message() throws(ProtobufReader.Failure) -> UnsafeRawBufferPointer {
        guard case .bytes(let bytes) = value else { throw .malformed }
        return bytes
    }

    /// Text; protobuf demands valid UTF-8.
    func text() throws(ProtobufReader.Failure) -> String {
        guard let text = String(validating: try message(), as: UTF8.self) else { throw .malformed }
        return text
    }

    /// Appends a repeated `sint64`, packed or not.
    func appendZigzags(to list: inout [Int64]) throws(ProtobufReader.Failure) {
        switch value {
        case .number(let bits): list.append(ProtobufField.zigzag(bits))
        case .bytes(let bytes):
            var packed = ProtobufReader(bytes)
            while !packed.isAtEnd { list.append(ProtobufField.zigzag(try packed.varint())) }
        }
    }

    /// Appends a repeated `double`, packed or not.
    func appendDoubles(to list: inout [Double]) throws(ProtobufReader.Failure) {
        switch value {
        case .number(let bits): list.append(Double(bitPattern: bits))
        case .bytes(let bytes):
            var packed = ProtobufReader(bytes)
            while !packed.isAtEnd { list.append(Double(bitPattern: try packed.fixed(8))) }
        }
    }

    private static func zigzag(_ bits: UInt64) -> Int64 { Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1) }
}

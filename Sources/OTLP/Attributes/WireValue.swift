import COTLP
import Telemetry

/// An `AnyValue` where it was decoded; valid until the arena is reset.
enum WireValue {
    /// No value, or one of a kind that came after proto 1.11.
    case absent
    case string(UnsafeRawBufferPointer)
    case bool(Bool)
    case int(Int64)
    case double(Double)
    /// Undecoded `ArrayValue`, `KeyValueList` and plain bytes.
    case array(UnsafeRawBufferPointer)
    case map(UnsafeRawBufferPointer)
    case blob(UnsafeRawBufferPointer)

    init(_ message: UnsafeMutablePointer<Otlp__AnyValue>?) {
        guard let value = message?.pointee else {
            self = .absent
            return
        }
        switch value.value_case {
        case OTLP__ANY_VALUE__VALUE_STRING_VALUE: self = .string(value.string_value.buffer)
        case OTLP__ANY_VALUE__VALUE_BOOL_VALUE: self = .bool(value.bool_value != 0)
        case OTLP__ANY_VALUE__VALUE_INT_VALUE: self = .int(value.int_value)
        case OTLP__ANY_VALUE__VALUE_DOUBLE_VALUE: self = .double(value.double_value)
        case OTLP__ANY_VALUE__VALUE_ARRAY_VALUE: self = .array(value.array_value.buffer)
        case OTLP__ANY_VALUE__VALUE_KVLIST_VALUE: self = .map(value.kvlist_value.buffer)
        case OTLP__ANY_VALUE__VALUE_BYTES_VALUE: self = .blob(value.bytes_value.buffer)
        default: self = .absent
        }
    }

    /// Tells apart equal bytes of different types.
    var typeNumber: UInt32 {
        switch self {
        case .absent: 0
        case .string: 1
        case .bool: 2
        case .int: 3
        case .double: 4
        case .array: 5
        case .map: 6
        case .blob: 7
        }
    }

    /// Whether it is a string with something in it.
    var hasText: Bool {
        if case .string(let bytes) = self { !bytes.isEmpty } else { false }
    }

    /// Calls `body` with the bytes that, with `typeNumber`, tell this value from any other.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        switch self {
        case .absent: body(.init(start: nil, count: 0))
        case .string(let bytes), .array(let bytes), .map(let bytes), .blob(let bytes): body(bytes)
        case .bool(let value): withUnsafeBytes(of: value, body)
        case .int(let value): withUnsafeBytes(of: value, body)
        case .double(let value): withUnsafeBytes(of: value.bitPattern, body)
        }
    }

    /// The value copied out; `nil` when there is none, or when it nests deeper than the limit.
    ///
    /// Invalid UTF-8 is repaired. Strings are cut at `limits.valueBytes`, nested values when they are too long to keep.
    func attributeValue(limits: DecodingLimits) -> AttributeValue? {
        switch self {
        case .absent: nil
        case .string(let bytes): .string(String(decoding: bytes.prefix(limits.valueBytes), as: UTF8.self))
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .double(let value): .double(value)
        case .array(let bytes): NestedValueText.array(bytes, limits: limits).map(AttributeValue.string)
        case .map(let bytes): NestedValueText.map(bytes, limits: limits).map(AttributeValue.string)
        case .blob(let bytes): .string(NestedValueText.hex(bytes, byteLimit: limits.keptValueBytes))
        }
    }
}

extension ProtobufCBinaryData {
    var buffer: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: data, count: len) }
}

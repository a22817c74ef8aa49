import Telemetry

/// OTLP in JSON → the same request in protobuf, so that one decoder and one set of rules serve both.
///
/// An id that is not hex becomes one of a length that no id has, and costs its span alone. Nesting is limited here too,
/// before anything is read.
struct JSONTranscoder {
    /// A level of `AnyValue` is three of JSON, so this is more than twice what `DecodingLimits.valueDepth` lets in.
    private static let depthLimit = 256

    private var cursor: JSONCursor
    private var output: [UInt8] = []
    private var key: [UInt8] = []

    /// The protobuf bytes of a request of this kind.
    static func protobuf(
        _ text: UnsafeRawBufferPointer,
        as message: JSONSchema.Message
    ) throws(WireError) -> [UInt8] {
        var transcoder = JSONTranscoder(cursor: JSONCursor(text))
        transcoder.output.reserveCapacity(text.count / 2)
        try transcoder.message(message, name: "", depth: 0)
        transcoder.cursor.skipSpace()
        guard transcoder.cursor.isAtEnd else { throw transcoder.cursor.malformed("something follows the request") }
        return transcoder.output
    }

    private init(cursor: JSONCursor) {
        self.cursor = cursor
    }

    /// `name` is the field that the message stands under.
    private mutating func message(
        _ message: JSONSchema.Message,
        name: String,
        depth: Int
    ) throws(WireError) {
        guard depth < JSONTranscoder.depthLimit else { throw cursor.malformed("values nest too deep") }
        let fields = JSONSchema.fields(of: message)
        try cursor.expect("{")
        if cursor.take("}") { return }
        var next = 0
        repeat {
            if message == .dataPoints {
                let key = try nextKey()
                if !cursor.takeNull() { try dataPointsField(key, under: name, depth: depth) }
                continue
            }
            let found = try nextField(of: fields, from: next)
            if let found { next = found + 1 }
            if cursor.takeNull() { continue }
            if let found {
                let entry = fields[found]
                try field(entry.field, name: entry.name, depth: depth)
            } else {
                try skip(depth: depth)
            }
        } while cursor.take(",")
        try cursor.expect("}")
    }

    private mutating func dataPointsField(
        _ key: String,
        under name: String,
        depth: Int
    ) throws(WireError) {
        switch key {
        case "dataPoints": try field(.many(1, JSONSchema.dataPoints(under: name)), name: key, depth: depth)
        case "aggregationTemporality": try field(.one(2, .enumeration), name: key, depth: depth)
        case "isMonotonic": try field(.one(3, .bool), name: key, depth: depth)
        default: try skip(depth: depth)
        }
    }

    /// Moves past a name and its colon; `nil` for a name that is not read.
    private mutating func nextField(
        of fields: JSONFieldList,
        from start: Int
    ) throws(WireError) -> Int? {
        let found: Int?
        if let name = cursor.plainString() {
            found = fields.index(of: name, from: start)
        } else {
            key.removeAll(keepingCapacity: true)
            try cursor.string(into: &key)
            found = key.withUnsafeBytes { fields.index(of: $0, from: start) }
        }
        try cursor.expect(":")
        return found
    }

    private mutating func nextKey() throws(WireError) -> String {
        key.removeAll(keepingCapacity: true)
        try cursor.string(into: &key)
        try cursor.expect(":")
        return String(decoding: key, as: UTF8.self)
    }

    private mutating func field(_ field: JSONSchema.Field, name: String, depth: Int) throws(WireError) {
        guard field.isRepeated else { return try value(field, name: name, depth: depth) }
        try cursor.expect("[")
        if cursor.take("]") { return }
        repeat { try value(field, name: name, depth: depth + 1) } while cursor.take(",")
        try cursor.expect("]")
    }

    private mutating func value(_ field: JSONSchema.Field, name: String, depth: Int) throws(WireError) {
        switch field.type {
        case .text: try delimited(field.number) { this throws(WireError) in try this.text() }
        case .hex: try delimited(field.number) { this throws(WireError) in try this.hex() }
        case .base64: try delimited(field.number) { this throws(WireError) in try this.base64() }
        case .message(let message):
            try delimited(field.number) { this throws(WireError) in
                try this.message(message, name: name, depth: depth + 1)
            }
        case .varint:
            let value = try integer(name)
            tag(field.number, 0)
            varint(value)
        case .zigzag:
            let value = Int64(bitPattern: try integer(name))
            tag(field.number, 0)
            varint(UInt64(bitPattern: value << 1 ^ value >> 63))
        case .enumeration:
            guard try cursor.start() == .number else { throw cursor.malformed("\(name) must be a number") }
            let value = try integer(name)
            tag(field.number, 0)
            varint(value)
        case .bool:
            let value = try cursor.bool()
            tag(field.number, 0)
            varint(value ? 1 : 0)
        case .fixed64:
            let value = try integer(name)
            tag(field.number, 1)
            fixed(value, bytes: 8)
        case .fixed32:
            let value = try integer(name)
            tag(field.number, 5)
            fixed(value, bytes: 4)
        case .double:
            let value = try double(name)
            tag(field.number, 1)
            fixed(value.bitPattern, bytes: 8)
        }
    }

    // A value that nobody reads, whatever it is.
    private mutating func skip(depth: Int) throws(WireError) {
        guard depth < JSONTranscoder.depthLimit else { throw cursor.malformed("values nest too deep") }
        switch try cursor.start() {
        case .object:
            try cursor.expect("{")
            if cursor.take("}") { return }
            repeat {
                _ = try nextKey()
                try skip(depth: depth + 1)
            } while cursor.take(",")
            try cursor.expect("}")
        case .array:
            try cursor.expect("[")
            if cursor.take("]") { return }
            repeat { try skip(depth: depth + 1) } while cursor.take(",")
            try cursor.expect("]")
        case .string: _ = try string()
        case .number: _ = try cursor.number()
        case .literal: if !cursor.takeNull() { _ = try cursor.bool() }
        }
    }

    // MARK: Values

    private mutating func string() throws(WireError) -> String {
        key.removeAll(keepingCapacity: true)
        try cursor.string(into: &key)
        return String(decoding: key, as: UTF8.self)
    }

    private mutating func text() throws(WireError) {
        if let plain = cursor.plainString() {
            output.append(contentsOf: plain)
        } else {
            try cursor.string(into: &output)
        }
    }

    private mutating func hex() throws(WireError) {
        let start = output.count
        let isHex: Bool
        if let plain = cursor.plainString() {
            isHex = appendHex(plain)
        } else {
            let digits = Array(try string().utf8)
            isHex = digits.withUnsafeBytes { appendHex($0) }
        }
        guard !isHex else { return }
        output.removeSubrange(start...)
        output.append(0)
    }

    /// False, having appended anything, for what is no hex.
    private mutating func appendHex(_ digits: UnsafeRawBufferPointer) -> Bool {
        guard digits.count.isMultiple(of: 2) else { return false }
        var index = 0
        while index < digits.count {
            guard let high = digits[index].hexValue, let low = digits[index + 1].hexValue else { return false }
            output.append(high << 4 | low)
            index += 2
        }
        return true
    }

    /// In the standard or the URL alphabet, with or without padding.
    private mutating func base64() throws(WireError) {
        var bits: UInt32 = 0
        var count = 0
        for byte in try string().utf8 where byte != UInt8(ascii: "=") {
            guard let digit = JSONTranscoder.base64Digit(byte) else { throw cursor.malformed("not base64") }
            bits = bits << 6 | digit
            count += 6
            if count >= 8 {
                count -= 8
                output.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
    }

    private static func base64Digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x41...0x5A: UInt32(byte - 0x41)
        case 0x61...0x7A: UInt32(byte - 0x61 + 26)
        case 0x30...0x39: UInt32(byte - 0x30 + 52)
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }

    /// A number or a number in a string, never by way of a double; signed or not, as 64 bits.
    private mutating func integer(_ name: String) throws(WireError) -> UInt64 {
        if let plain = cursor.plainInteger() { return plain }
        let text = try numberText(name)
        if let value = UInt64(text) { return value }
        if let value = Int64(text) { return UInt64(bitPattern: value) }
        guard let value = Double(text), let exact = Int64(exactly: value) else {
            throw cursor.malformed("\(name) must be a whole number of 64 bits")
        }
        return UInt64(bitPattern: exact)
    }

    private mutating func double(_ name: String) throws(WireError) -> Double {
        let text = try numberText(name)
        switch text {
        case "NaN": return .nan
        case "Infinity": return .infinity
        case "-Infinity": return -.infinity
        default:
            guard let value = Double(text) else { throw cursor.malformed("\(name) must be a number") }
            return value
        }
    }

    private mutating func numberText(_ name: String) throws(WireError) -> String {
        switch try cursor.start() {
        case .number: return try cursor.number()
        case .string: return try string()
        default: throw cursor.malformed("\(name) must be a number")
        }
    }

    // MARK: Protobuf

    private mutating func tag(_ number: UInt32, _ wireType: UInt64) { varint(UInt64(number) << 3 | wireType) }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        output.append(UInt8(rest))
    }

    private mutating func fixed(_ value: UInt64, bytes: Int) {
        withUnsafeBytes(of: value.littleEndian) { output.append(contentsOf: $0.prefix(bytes)) }
    }

    /// The length is not known before the content is written, so it gets five bytes, whatever it needs.
    private mutating func delimited(
        _ number: UInt32,
        _ content: (inout JSONTranscoder) throws(WireError) -> Void
    ) throws(WireError) {
        tag(number, 2)
        let place = output.count
        // Little endian: four bytes that go on and one that ends.
        fixed(0x00_8080_8080, bytes: 5)
        try content(&self)
        let length = UInt64(output.count - place - 5)
        for index in 0..<5 {
            let bits = UInt8(truncatingIfNeeded: length >> UInt64(7 * index)) & 0x7F
            output[place + index] = index < 4 ? bits | 0x80 : bits
        }
    }
}

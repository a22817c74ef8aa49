import Telemetry

/// Arrays and maps of attribute values as text that looks like JSON.
///
/// Walks the undecoded messages with a depth of its own, since protobuf-c has none, and stops once the text is too
/// long to be kept, so neither a deep nor a broad value costs much.
struct NestedValueText {
    private enum Fault: Error { case tooDeep, malformed }

    private var text = ""
    private let limits: DecodingLimits

    private init(limits: DecodingLimits) {
        self.limits = limits
    }

    /// `nil` when the value is malformed or nests deeper than `limits.valueDepth`.
    static func array(_ message: UnsafeRawBufferPointer, limits: DecodingLimits) -> String? {
        make(limits) { writer throws(Fault) in try writer.list(message, open: "[", close: "]", depth: 1) }
    }

    static func map(_ message: UnsafeRawBufferPointer, limits: DecodingLimits) -> String? {
        make(limits) { writer throws(Fault) in try writer.list(message, open: "{", close: "}", depth: 1) }
    }

    /// Two digits a byte, of as many bytes as make the text just too long to keep.
    static func hex(_ bytes: UnsafeRawBufferPointer, byteLimit: Int) -> String {
        bytes.prefix(byteLimit).hex
    }

    private static func make(_ limits: DecodingLimits, _ write: (inout Self) throws(Fault) -> Void) -> String? {
        var writer = NestedValueText(limits: limits)
        do { try write(&writer) } catch { return nil }
        return writer.text
    }

    private var isTooLong: Bool { text.utf8.count > limits.keptValueBytes }

    private mutating func list(
        _ message: UnsafeRawBufferPointer,
        open: String,
        close: String,
        depth: Int
    ) throws(Fault) {
        guard depth <= limits.valueDepth else { throw .tooDeep }
        text += open
        var isFirst = true
        var reader = WireReader(message)
        while !isTooLong, let field = try next(&reader) {
            guard field.isBytes(1) else { continue }
            if !isFirst { text += "," }
            isFirst = false
            if open == "{" { try pair(field.bytes, depth: depth) } else { try value(field.bytes, depth: depth) }
        }
        text += close
    }

    private mutating func pair(_ message: UnsafeRawBufferPointer, depth: Int) throws(Fault) {
        var key = UnsafeRawBufferPointer(start: nil, count: 0)
        var content = key
        var reader = WireReader(message)
        while let field = try next(&reader) {
            if field.isBytes(1) { key = field.bytes }
            if field.isBytes(2) { content = field.bytes }
        }
        string(key)
        text += ":"
        try value(content, depth: depth)
    }

    private mutating func value(_ message: UnsafeRawBufferPointer, depth: Int) throws(Fault) {
        // Of a `oneof` the last one counts.
        var last: WireField?
        var reader = WireReader(message)
        while let field = try next(&reader) {
            if (1...7).contains(field.number) { last = field }
        }
        guard let last else {
            text += "null"
            return
        }
        switch (last.number, last.type) {
        case (1, .lengthDelimited): string(last.bytes)
        case (2, .varint): text += last.scalar == 0 ? "false" : "true"
        case (3, .varint): text += String(Int64(bitPattern: last.scalar))
        case (4, .fixed64): text += String(Double(bitPattern: last.bytes.loadUnaligned(as: UInt64.self).littleEndian))
        case (5, .lengthDelimited): try list(last.bytes, open: "[", close: "]", depth: depth + 1)
        case (6, .lengthDelimited): try list(last.bytes, open: "{", close: "}", depth: depth + 1)
        case (7, .lengthDelimited): text += NestedValueText.hex(last.bytes, byteLimit: limits.keptValueBytes)
        default: throw .malformed
        }
    }

    private mutating func string(_ bytes: UnsafeRawBufferPointer) {
        text += "\"" + String(decoding: bytes.prefix(limits.keptValueBytes), as: UTF8.self) + "\""
    }

    private func next(_ reader: inout WireReader) throws(Fault) -> WireField? {
        do { return try reader.next() } catch { throw .malformed }
    }
}

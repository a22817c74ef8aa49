/// Reads JSON text token by token where it lies.
///
/// Strict (RFC 8259), but for text that is no valid UTF-8, which whoever keeps it repairs.
struct JSONCursor {
    /// What a value begins with.
    enum Start { case object, array, string, number, literal }

    private let text: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
    }

    var isAtEnd: Bool { position >= text.count }

    func malformed(_ what: String) -> WireError { .malformed("\(what) at byte \(position) of the JSON") }

    mutating func skipSpace() {
        while position < text.count {
            switch text[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    /// The kind of the value that comes next; moves past white space only.
    mutating func start() throws(WireError) -> Start {
        skipSpace()
        guard position < text.count else { throw malformed("the text ends") }
        switch text[position] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "-"), 0x30...0x39: return .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): return .literal
        default: throw malformed("no value")
        }
    }

    /// Moves past this character, if it comes next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func expect(_ character: Unicode.Scalar) throws(WireError) {
        guard take(character) else { throw malformed("\"\(character)\" is missing") }
    }

    mutating func takeNull() -> Bool {
        skipSpace()
        guard matches("null") else { return false }
        position += 4
        return true
    }

    mutating func bool() throws(WireError) -> Bool {
        skipSpace()
        if matches("true") {
            position += 4
            return true
        }
        guard matches("false") else { throw malformed("neither true nor false") }
        position += 5
        return false
    }

    /// The text of a number, checked by JSON's grammar.
    mutating func number() throws(WireError) -> String {
        skipSpace()
        let start = position
        if peek() == UInt8(ascii: "-") { position += 1 }
        let hasLeadingZero = peek() == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0, !(hasLeadingZero && whole > 1) else { throw malformed("not a number") }
        if peek() == UInt8(ascii: ".") {
            position += 1
            guard digits() > 0 else { throw malformed("not a number") }
        }
        if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
            position += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
            guard digits() > 0 else { throw malformed("not a number") }
        }
        return String(decoding: text[start..<position], as: UTF8.self)
    }

    /// Appends the characters of a string, unescaped, as UTF-8.
    mutating func string(into output: inout [UInt8]) throws(WireError) {
        try expect("\"")
        while true {
            let start = position
            while position < text.count, text[position] != UInt8(ascii: "\""), text[position] != UInt8(ascii: "\\") {
                guard text[position] >= 0x20 else { throw malformed("a control character in a string") }
                position += 1
            }
            output.append(contentsOf: text[start..<position])
            guard position < text.count else { throw malformed("the text ends in a string") }
            position += 1
            if text[position - 1] == UInt8(ascii: "\"") { return }
            try escape(into: &output)
        }
    }

    /// The characters of a string that has no escapes, where they lie; `nil`, and no step further, for any other.
    @inline(__always)
    mutating func plainString() -> UnsafeRawBufferPointer? {
        skipSpace()
        guard position < text.count, text[position] == UInt8(ascii: "\"") else { return nil }
        var end = position + 1
        while end < text.count {
            let byte = text[end]
            if byte == UInt8(ascii: "\"") {
                let found = UnsafeRawBufferPointer(rebasing: text[position + 1..<end])
                position = end + 1
                return found
            }
            if byte == UInt8(ascii: "\\") || byte < 0x20 { return nil }
            end += 1
        }
        return nil
    }

    /// A whole number of at most 18 digits without sign, exponent or leading zero, bare or as a string.
    ///
    /// `nil`, and no step further, for any other value.
    @inline(__always)
    mutating func plainInteger() -> UInt64? {
        skipSpace()
        var end = position
        let isQuoted = end < text.count && text[end] == UInt8(ascii: "\"")
        if isQuoted { end += 1 }
        let first = end
        var value: UInt64 = 0
        while end < text.count, (0x30...0x39).contains(text[end]) {
            value = value &* 10 &+ UInt64(text[end] &- 0x30)
            end += 1
        }
        let digits = end - first
        guard digits > 0, digits <= 18, end < text.count, digits == 1 || text[first] != 0x30 else { return nil }
        switch text[end] {
        case UInt8(ascii: "\""):
            guard isQuoted else { return nil }
            end += 1
        case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), 0x20, 0x09, 0x0A, 0x0D:
            if isQuoted { return nil }
        default: return nil
        }
        position = end
        return value
    }

    private mutating func escape(into output: inout [UInt8]) throws(WireError) {
        guard let character = peek() else { throw malformed("the text ends in a string") }
        position += 1
        switch character {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): output.append(character)
        case UInt8(ascii: "b"): output.append(0x08)
        case UInt8(ascii: "f"): output.append(0x0C)
        case UInt8(ascii: "n"): output.append(0x0A)
        case UInt8(ascii: "r"): output.append(0x0D)
        case UInt8(ascii: "t"): output.append(0x09)
        case UInt8(ascii: "u"): output.append(contentsOf: String(try unicodeScalar()).utf8)
        default: throw malformed("an unknown escape")
        }
    }

    /// A half of a surrogate pair that stands alone is U+FFFD.
    private mutating func unicodeScalar() throws(WireError) -> Unicode.Scalar {
        let first = try hexDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, peek() == UInt8(ascii: "\\"), position + 1 < text.count,
            text[position + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        let mark = position
        position += 2
        let second = try hexDigits()
        guard (0xDC00...0xDFFF).contains(second) else {
            position = mark
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func hexDigits() throws(WireError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = peek().flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
                throw malformed("not four hex digits")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    private func peek() -> UInt8? { position < text.count ? text[position] : nil }

    private mutating func digits() -> Int {
        let start = position
        while let byte = peek(), (0x30...0x39).contains(byte) { position += 1 }
        return position - start
    }

    private func matches(_ word: StaticString) -> Bool {
        let end = position + word.utf8CodeUnitCount
        guard end <= text.count else { return false }
        return text[position..<end].elementsEqual(
            UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        )
    }
}

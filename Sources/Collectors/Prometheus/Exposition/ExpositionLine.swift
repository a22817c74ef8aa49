/// A cursor over one line of a scraped body.
struct ExpositionLine {
    /// Counted from 1.
    let number: Int
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>, number: Int) {
        self.bytes = bytes
        self.number = number
        position = bytes.startIndex
    }

    var isAtEnd: Bool { position == bytes.endIndex }

    func isAt(_ character: Unicode.Scalar) -> Bool {
        position < bytes.endIndex && bytes[position] == UInt8(ascii: character)
    }

    func malformed(_ reason: String) -> ExpositionError { .malformed(line: number, reason: reason) }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard isAt(character) else { return false }
        position += 1
        return true
    }

    mutating func skipBlanks() {
        while isAt(" ") || isAt("\t") { position += 1 }
    }

    /// Everything up to the next blank; empty at the end of the line.
    mutating func word() -> String {
        String(decoding: token { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }, as: UTF8.self)
    }

    /// A metric name without quotes; `nil` when there is none here.
    mutating func name(limit: Int) throws(ExpositionError) -> String? {
        try identifier(limit: limit, allowsColon: true)
    }

    /// A metric name, quoted or not; `nil` when there is none here.
    mutating func familyName(limit: Int) throws(ExpositionError) -> String? {
        try isAt("\"") ? quoted(limit: limit) : name(limit: limit)
    }

    /// A label name, quoted or not; `nil` when there is none here.
    mutating func labelName(limit: Int) throws(ExpositionError) -> String? {
        try isAt("\"") ? quoted(limit: limit) : identifier(limit: limit, allowsColon: false)
    }

    /// A text in quotes with `\\`, `\"` and `\n` resolved; `nil` when no quote is here.
    mutating func quoted(limit: Int) throws(ExpositionError) -> String? {
        guard skip("\"") else { return nil }
        var text: [UInt8] = []
        while true {
            guard position < bytes.endIndex else { throw malformed("a quote is not closed") }
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: text, as: UTF8.self) else { throw malformed("invalid UTF-8") }
                return text
            case UInt8(ascii: "\\"): text.append(contentsOf: escaped())
            default: text.append(byte)
            }
            guard text.count <= limit else { throw .tooLong(line: number, limit: limit) }
        }
    }

    /// A float in Go's notation: decimal, hexadecimal, `Inf` or `NaN`; `nil` for anything else.
    mutating func float() -> Double? { Double(word()) }

    /// A whole number; `nil` for anything else.
    mutating func integer() -> Int64? { Int64(word()) }

    /// Resolves what follows a backslash; an unknown escape stays as written, as in Prometheus.
    private mutating func escaped() -> [UInt8] {
        guard position < bytes.endIndex else { return [UInt8(ascii: "\\")] }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "n"): return [UInt8(ascii: "\n")]
        case UInt8(ascii: "\\"), UInt8(ascii: "\""): return [byte]
        default: return [UInt8(ascii: "\\"), byte]
        }
    }

    private mutating func identifier(limit: Int, allowsColon: Bool) throws(ExpositionError) -> String? {
        let start = position
        let found = token { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: ":"): allowsColon
            default: false
            }
        }
        guard let first = found.first else { return nil }
        guard !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            position = start
            return nil
        }
        guard found.count <= limit else { throw .tooLong(line: number, limit: limit) }
        return String(decoding: found, as: UTF8.self)
    }

    private mutating func token(_ belongs: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.endIndex, belongs(bytes[position]) { position += 1 }
        return bytes[start..<position]
    }
}

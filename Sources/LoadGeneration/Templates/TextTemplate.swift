/// Text with `{{uuid}}`, `{{seq}}` and `{{random A B}}` in it, parsed once and filled in for every request.
package struct TextTemplate: Sendable, Hashable {
    private enum Piece: Sendable, Hashable {
        case literal([UInt8])
        case uuid
        case sequence
        /// Whole numbers, both ends included.
        case random(ClosedRange<Int>)
    }

    /// A template that names nothing we know, without its braces.
    package struct UnknownTemplate: Error, Hashable {
        package var text: String
    }

    private let pieces: [Piece]

    /// Braces that do not close stay as they are.
    package init(_ text: String) throws(UnknownTemplate) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            pieces.append(.literal(Array(rest[..<open.lowerBound].utf8)))
            pieces.append(try TextTemplate.piece(String(rest[open.upperBound..<close.lowerBound])))
            rest = rest[close.upperBound...]
        }
        pieces.append(.literal(Array(rest.utf8)))
        self.pieces = pieces.filter { $0 != .literal([]) }
    }

    /// Whether every request gets the same text.
    package var isConstant: Bool {
        pieces.allSatisfy { if case .literal = $0 { true } else { false } }
    }

    /// Appends the text for one request.
    package func render(sequence: UInt64, random: inout SplitMix64, into bytes: inout [UInt8]) {
        for piece in pieces {
            switch piece {
            case .literal(let literal): bytes.append(contentsOf: literal)
            case .uuid: TextTemplate.appendUUID(random.next(), random.next(), to: &bytes)
            case .sequence: bytes.append(contentsOf: String(sequence).utf8)
            case .random(let range): bytes.append(contentsOf: String(Int.random(in: range, using: &random)).utf8)
            }
        }
    }

    private static func piece(_ text: String) throws(UnknownTemplate) -> Piece {
        let words = text.split(whereSeparator: \.isWhitespace)
        switch (words.first, words.count) {
        case ("uuid", 1): return .uuid
        case ("seq", 1): return .sequence
        case ("random", 3):
            guard let low = Int(words[1]), let high = Int(words[2]), low <= high else { break }
            return .random(low...high)
        default: break
        }
        throw UnknownTemplate(text: text)
    }

    // RFC 9562 version 4: 122 random bits.
    private static func appendUUID(_ first: UInt64, _ second: UInt64, to bytes: inout [UInt8]) {
        let high = first & ~0xF000 | 0x4000
        let low = second & ~(3 << 62) | 2 << 62
        for (index, shift) in stride(from: 60, through: 0, by: -4).enumerated() {
            if index == 8 || index == 12 { bytes.append(UInt8(ascii: "-")) }
            bytes.append(hexDigit(high >> UInt64(shift)))
        }
        bytes.append(UInt8(ascii: "-"))
        for (index, shift) in stride(from: 60, through: 0, by: -4).enumerated() {
            if index == 4 { bytes.append(UInt8(ascii: "-")) }
            bytes.append(hexDigit(low >> UInt64(shift)))
        }
    }
}

/// The lower-case hex digit of the lowest four bits.
func hexDigit(_ value: UInt64) -> UInt8 {
    let digit = UInt8(truncatingIfNeeded: value & 15)
    return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
}

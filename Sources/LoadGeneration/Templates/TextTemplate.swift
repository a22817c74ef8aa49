package import Plans

/// A `TemplateText` ready to be filled in for every request: its tables looked up, its encoding chosen.
package struct TextTemplate: Sendable, Hashable {
    /// Where the text stands, which decides how values are encoded in it.
    package enum Context: Sendable, Hashable {
        /// Values as they are.
        case text
        /// A path or query: values percent-encoded.
        case url
        /// A header's value: no line breaks.
        case header
        /// Inside the quotes of a JSON string.
        case json
        /// A value of a form: all of the text is encoded.
        case form
    }

    private enum Piece: Sendable, Hashable {
        case literal([UInt8])
        case uuid
        case sequence
        case random(ClosedRange<Int>)
        /// One of these, by the request's sequence number; encoded already.
        case column([[UInt8]])
        /// Index into the flow's variables.
        case variable(Int)
    }

    private let pieces: [Piece]
    private let context: Context
    /// Whether values at the very start are taken as they are, for an address that an answer gave.
    private let startsRaw: Bool

    /// Compiles a template; throws for one that names nothing we know, and a plan's have been checked by then.
    ///
    /// `variables` are names by their index; with `startsRaw` a variable at the very start is not encoded.
    package init(
        _ text: String,
        in context: Context = .text,
        tables: [String: DataTable] = [:],
        variables: [String] = [],
        startsRaw: Bool = false
    ) throws(TemplateText.UnknownTemplate) {
        let template = try TemplateText(text, variables: Set(variables))
        var pieces: [Piece] = []
        for part in template.parts {
            switch part {
            case .literal(let text):
                let bytes = Array(text.utf8)
                pieces.append(.literal(context == .form ? context.encoded(bytes) : bytes))
            case .uuid: pieces.append(.uuid)
            case .sequence: pieces.append(.sequence)
            case .random(let range): pieces.append(.random(range))
            case .column(let file, let name):
                guard let values = tables[file]?.values(of: name) else {
                    throw TemplateText.UnknownTemplate(text: "csv \(file) \(name)")
                }
                pieces.append(.column(values.map { context.encoded(Array($0.utf8)) }))
            case .variable(let name):
                guard let index = variables.firstIndex(of: name) else { throw TemplateText.UnknownTemplate(text: name) }
                pieces.append(.variable(index))
            }
        }
        self.pieces = pieces
        self.context = context
        self.startsRaw = startsRaw
    }

    /// These bytes for every request.
    init(literal text: String) {
        pieces = [.literal(Array(text.utf8))]
        context = .text
        startsRaw = false
    }

    /// Several templates of one context, one behind the other.
    init(joining templates: [TextTemplate]) {
        pieces = templates.flatMap(\.pieces)
        context = templates.last?.context ?? .text
        startsRaw = false
    }

    /// What every request gets; `nil` when it differs from request to request.
    var constant: [UInt8]? {
        guard isConstant else { return nil }
        return pieces.flatMap { if case .literal(let bytes) = $0 { bytes } else { [UInt8]() } }
    }

    /// Whether every request gets the same text.
    package var isConstant: Bool {
        pieces.allSatisfy { if case .literal = $0 { true } else { false } }
    }

    /// Whether the text starts with what an answer gave, unencoded.
    package var startsWithVariable: Bool {
        if startsRaw, case .variable = pieces.first { true } else { false }
    }

    /// Appends the text for one request.
    ///
    /// Columns of one row belong together: row = sequence number modulo the rows of the table.
    package func render(
        sequence: UInt64,
        random: inout SplitMix64,
        variables: [[UInt8]] = [],
        into bytes: inout [UInt8]
    ) {
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .literal(let literal): bytes.append(contentsOf: literal)
            case .uuid: TextTemplate.appendUUID(random.next(), random.next(), to: &bytes)
            case .sequence: bytes.append(contentsOf: String(sequence).utf8)
            case .random(let range): bytes.append(contentsOf: String(Int.random(in: range, using: &random)).utf8)
            case .column(let values): bytes.append(contentsOf: values[Int(sequence % UInt64(values.count))])
            case .variable(let variable):
                guard variables.indices.contains(variable) else { continue }
                let value = variables[variable]
                bytes.append(contentsOf: index == 0 && startsRaw ? value : context.encoded(value))
            }
        }
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

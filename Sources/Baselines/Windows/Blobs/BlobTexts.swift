import Telemetry

/// The texts of a blob, each once and in order, so that a text needs only what differs from the one before.
struct BlobTexts {
    /// Longer texts are cut when they are written.
    static let textLimit = 16 << 10
    private static let countLimit = 1_000_000
    /// Of all texts of one blob, when it is read.
    private static let byteLimit = 64 << 20

    private(set) var texts: [String]
    private var numbers: [String: Int] = [:]

    /// Takes texts in any order, as often as they like.
    init(_ texts: Set<String>) {
        self.texts = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        for (number, text) in self.texts.enumerated() { numbers[text] = number }
    }

    /// The number of a text that the table was made with.
    func number(of text: String) -> Int { numbers[text] ?? 0 }

    func write(to writer: inout BlobWriter) {
        writer.number(texts.count)
        var previous: [UInt8] = []
        for text in texts {
            let bytes = Array(text.prefix(utf8: BlobTexts.textLimit).utf8)
            let shared = zip(previous, bytes).prefix { $0 == $1 }.count
            writer.number(shared)
            writer.number(bytes.count - shared)
            writer.append(bytes[shared...])
            previous = bytes
        }
    }

    static func read(_ reader: inout BlobReader) throws(BlobDamage) -> [String] {
        let count = try reader.count(atMost: countLimit)
        var texts: [String] = []
        texts.reserveCapacity(count)
        var bytes: [UInt8] = []
        var total = 0
        for _ in 0..<count {
            let shared = try reader.number(atMost: bytes.count)
            let added = try reader.slice(try reader.number(atMost: textLimit))
            bytes.removeLast(bytes.count - shared)
            bytes.append(contentsOf: added)
            total += bytes.count
            guard bytes.count <= textLimit, total <= byteLimit else { throw BlobDamage("its texts are too long") }
            guard let text = String(validating: bytes, as: UTF8.self) else { throw BlobDamage("a text is no UTF-8") }
            texts.append(text)
        }
        return texts
    }
}

extension [String] {
    /// The text of a number that comes next.
    @inline(__always)
    func text(_ reader: inout BlobReader) throws(BlobDamage) -> String {
        let number = try reader.number()
        guard number < UInt64(count) else { throw BlobDamage("a text has the number \(number) of \(count)") }
        return self[Int(number)]
    }
}

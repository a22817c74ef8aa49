/// Which characters occur in a text; found in one pass by a table, since this is asked of every path of every span.
struct CharacterClasses {
    private static let digit: UInt8 = 1
    private static let uppercase: UInt8 = 2
    private static let lowercase: UInt8 = 4
    private static let at: UInt8 = 8
    /// `%`, which hides other characters, and `;`, behind which nothing counts.
    private static let escape: UInt8 = 16
    private static let dot: UInt8 = 32
    private static let hex: UInt8 = 64
    /// `/`, `?` and `#`, which end a segment of a path.
    private static let delimiter: UInt8 = 128

    /// The shortest text with letters other than of hex digits that can be an identifier: a mixture, and a date.
    private static let shortestMixture = 16
    private static let shortestDate = 10

    /// The classes of the first character, of any and of all.
    private var first: UInt8 = 0
    private var some: UInt8 = 0
    private var every: UInt8 = .max
    private var count = 0

    var isEmpty: Bool { count == 0 }

    var hasDigit: Bool { some & CharacterClasses.digit != 0 }
    var hasUppercase: Bool { some & CharacterClasses.uppercase != 0 }
    var hasLowercase: Bool { some & CharacterClasses.lowercase != 0 }
    var hasLetter: Bool { some & (CharacterClasses.uppercase | CharacterClasses.lowercase) != 0 }
    var hasAt: Bool { some & CharacterClasses.at != 0 }

    /// Whether it can identify or hide nothing, as most segments of paths: words, `v1`.
    var isPlain: Bool {
        if some & (CharacterClasses.digit | CharacterClasses.at | CharacterClasses.escape) == 0 { return true }
        let mayBeDate = first & CharacterClasses.digit != 0
        let shortest = mayBeDate ? CharacterClasses.shortestDate : CharacterClasses.shortestMixture
        return hasLetter && count < shortest && every & CharacterClasses.hex == 0
            && some & (CharacterClasses.at | CharacterClasses.escape | CharacterClasses.dot) == 0
    }

    /// Whether it is digits and nothing else.
    var isInteger: Bool { count > 0 && every & CharacterClasses.digit != 0 }

    init() {}

    init(_ text: ByteText) {
        let table = CharacterClasses.table
        for byte in text { add(table[Int(byte)]) }
    }

    /// Takes the next character by what `table` says of it.
    @inline(__always)
    mutating func add(_ classes: UInt8) {
        if count == 0 { first = classes }
        some |= classes
        every &= classes
        count += 1
    }

    /// Whether what `table` says of a character ends a segment of a path.
    @inline(__always)
    static func isDelimiter(_ classes: UInt8) -> Bool { classes & delimiter != 0 }

    /// The classes of each byte, 256 of them.
    ///
    /// Unsafe because a pointer is not `Sendable`: any thread may read it, since nothing writes it after this or frees it.
    /// A pointer and not an array, which would cost a check and a reference count for each character of a path.
    nonisolated(unsafe) static let table: UnsafePointer<UInt8> = {
        let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        for byte in UInt8.min ... .max { (table + Int(byte)).initialize(to: classes(of: byte)) }
        return UnsafePointer(table)
    }()

    private static func classes(of byte: UInt8) -> UInt8 {
        let hexDigit = byte.hexValue == nil ? 0 : hex
        switch byte {
        case _ where byte.isDigit: return digit | hexDigit
        case _ where byte.isUppercase: return uppercase | hexDigit
        case _ where byte.isLowercase: return lowercase | hexDigit
        case UInt8(ascii: "@"): return at
        case UInt8(ascii: "%"), UInt8(ascii: ";"): return escape
        case UInt8(ascii: "."): return dot
        case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): return delimiter
        default: return 0
        }
    }
}

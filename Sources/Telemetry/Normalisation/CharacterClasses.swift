/// Which characters occur in a text; found in one pass without branches, since this is asked of every path of every span.
struct CharacterClasses {
    private static let digit: UInt8 = 1
    private static let uppercase: UInt8 = 2
    private static let lowercase: UInt8 = 4
    private static let at: UInt8 = 8
    /// `%`, which hides other characters, and `;`, behind which nothing counts.
    private static let escape: UInt8 = 16
    private static let dot: UInt8 = 32
    private static let hex: UInt8 = 64

    /// The shortest text with letters other than of hex digits that can be an identifier: a date.
    private static let shortestMixture = 10

    /// The classes of any character, and those of all.
    private var some: UInt8 = 0
    private var every: UInt8 = .max
    private let count: Int

    var hasDigit: Bool { some & CharacterClasses.digit != 0 }
    var hasUppercase: Bool { some & CharacterClasses.uppercase != 0 }
    var hasLowercase: Bool { some & CharacterClasses.lowercase != 0 }
    var hasLetter: Bool { some & (CharacterClasses.uppercase | CharacterClasses.lowercase) != 0 }
    var hasAt: Bool { some & CharacterClasses.at != 0 }

    /// Whether it can identify or hide nothing, as most segments of paths: words, `v1`.
    var isPlain: Bool {
        if some & (CharacterClasses.digit | CharacterClasses.at | CharacterClasses.escape) == 0 { return true }
        return hasLetter && count < CharacterClasses.shortestMixture && every & CharacterClasses.hex == 0
            && some & (CharacterClasses.at | CharacterClasses.escape | CharacterClasses.dot) == 0
    }

    /// Whether it is digits and nothing else.
    var isInteger: Bool { count > 0 && every & CharacterClasses.digit != 0 }

    init(_ text: ByteText) {
        count = text.count
        for byte in text {
            let classes =
                (byte &- 0x30 < 10 ? CharacterClasses.digit : 0) | (byte &- 0x41 < 26 ? CharacterClasses.uppercase : 0)
                | (byte &- 0x61 < 26 ? CharacterClasses.lowercase : 0)
                | (byte == UInt8(ascii: "@") ? CharacterClasses.at : 0)
                | (byte == UInt8(ascii: "%") || byte == UInt8(ascii: ";") ? CharacterClasses.escape : 0)
                | (byte == UInt8(ascii: ".") ? CharacterClasses.dot : 0)
                | (byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6 ? CharacterClasses.hex : 0)
            some |= classes
            every &= classes
        }
    }
}

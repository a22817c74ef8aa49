/// An attribute, its name and its value, of a `Vocabulary`, by number.
package struct AttributeID: Hashable, Sendable, BitwiseCopyable {
    package var rawValue: UInt32

    package init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Stands for every attribute that came after the vocabulary was full: `_overflow` = `_overflow`.
    package static let overflow = AttributeID(0)
}

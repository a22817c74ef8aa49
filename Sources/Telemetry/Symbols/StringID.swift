/// A string of a `Vocabulary`, by number.
///
/// Equal ids of one vocabulary mean equal strings.
package struct StringID: Hashable, Sendable, BitwiseCopyable {
    package var rawValue: UInt32

    package init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The empty string, in every vocabulary.
    package static let empty = StringID(0)

    /// Stands for every string that came after the vocabulary was full.
    package static let overflow = StringID(1)

    package var isEmpty: Bool { self == .empty }
}

/// An `OperationKey` of a `Vocabulary`, by number.
package struct OperationID: Hashable, Sendable, BitwiseCopyable {
    package var rawValue: UInt32

    package init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Stands for every operation that came after the vocabulary was full.
    package static let overflow = OperationID(0)
}

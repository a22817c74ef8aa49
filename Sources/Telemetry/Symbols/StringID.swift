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

/// An `OperationKey` of a `Vocabulary`, by number.
package struct OperationID: Hashable, Sendable, BitwiseCopyable {
    package var rawValue: UInt32

    package init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Stands for every operation that came after the vocabulary was full.
    package static let overflow = OperationID(0)
}

/// An attribute, its name and its value, of a `Vocabulary`, by number.
package struct AttributeID: Hashable, Sendable, BitwiseCopyable {
    package var rawValue: UInt32

    package init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Stands for every attribute that came after the vocabulary was full: `_overflow` = `_overflow`.
    package static let overflow = AttributeID(0)
}

/// The name and the value of an attribute.
package struct SpanAttribute: Sendable, Hashable {
    package var key: StringID
    package var value: StringID

    package init(key: StringID, value: StringID) {
        self.key = key
        self.value = value
    }
}

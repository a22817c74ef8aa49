import Telemetry

/// Attribute names and values → numbers of the vocabulary, with what this request already asked for at hand.
struct AttributeInterner {
    /// An attribute name seen in this request.
    struct Key {
        /// Counts from 0 within the request.
        let number: Int
        let name: String
        let id: StringID
        /// What `SpanNormaliser` reads in it, if anything.
        let concept: SemanticConcept?
        let rule: AttributeKeepRule
    }

    /// What became of a value.
    enum Outcome {
        case kept(StringID)
        /// By the keep rule; nothing is missing.
        case leftOut
        /// It could not be read or nests too deep; the span is incomplete.
        case dropped
    }

    private let vocabulary: Vocabulary
    private let limiter: CardinalityLimiter
    private let limits: DecodingLimits
    private var keys = ByteTable<Key>()
    private var values = ByteTable<Outcome>()

    /// How many keys there are: one more than the largest `Key.number`.
    private(set) var keyCount = 0

    init(vocabulary: Vocabulary, limiter: CardinalityLimiter, limits: DecodingLimits) {
        self.vocabulary = vocabulary
        self.limiter = limiter
        self.limits = limits
    }

    mutating func key(_ bytes: UnsafeRawBufferPointer) -> Key {
        let lookup = ByteTable<Key>.Key(bytes, salt: 0)
        if let key = keys.value(for: lookup) { return key }
        let name = String(decoding: bytes.prefix(limits.keptValueBytes), as: UTF8.self)
        let isKept = !name.isEmpty && bytes.count <= limits.keptValueBytes && limiter.admits(name, to: .attributeKeys)
        let key = Key(
            number: keyCount,
            name: name,
            id: isKept ? vocabulary.intern(PrintableText.cleaned(name)) : .overflow,
            concept: SemanticConcept.byAttributeName[name],
            rule: isKept ? AttributeKeepRule(key: name) : .nothing
        )
        keyCount += 1
        keys.insert(key, for: lookup)
        return key
    }

    mutating func outcome(of value: WireValue, for key: Key) -> Outcome {
        value.withBytes { bytes in
            let lookup = ByteTable<Outcome>.Key(bytes, salt: key.number << 3 | value.typeNumber)
            if let outcome = values.value(for: lookup) { return outcome }
            let outcome = intern(value, for: key)
            // Long values repeat rarely and are rarely kept.
            if bytes.count <= 4 * limits.keptValueBytes { values.insert(outcome, for: lookup) }
            return outcome
        }
    }

    private func intern(_ value: WireValue, for key: Key) -> Outcome {
        guard let content = value.attributeValue(limits: limits) else {
            if case .absent = value { return .leftOut }
            return .dropped
        }
        guard let text = key.rule.kept(content.text, byteLimit: limits.keptValueBytes) else { return .leftOut }
        guard limiter.admits(text, to: .values(of: key.id)) else { return .kept(.overflow) }
        return .kept(vocabulary.intern(text))
    }
}

import Telemetry

/// Attributes as they come over the wire → numbers of the vocabulary, remembered from request to request.
///
/// Two memories: by the bytes of name and value together, which most attributes of most spans hit; and by what is left
/// of the value when what varies is taken out, which the paths of all requests to one endpoint share.
struct AttributeInterner: ~Copyable {
    /// An attribute name seen before.
    private struct Key {
        let name: String
        let id: StringID
        let concept: SemanticConcept?
        let rule: AttributeKeepRule
        /// How many each memory holds of it, so that an endless one cannot crowd out the others.
        var pairs = 0
        var values = 0
    }

    /// Names told apart; all others share number 0, of which nothing is kept.
    private static let keyLimit = 4_096
    /// Of one name, in each memory.
    private static let valuesPerKey = 4_096
    /// Longer ones repeat rarely.
    private static let rememberedBytes = 1_024

    private let vocabulary: Vocabulary
    private let limiter: CardinalityLimiter
    private let limits: DecodingLimits
    private var keys = [Key(name: "", id: .overflow, concept: nil, rule: .nothing)]
    private var keyNumbers = ByteTable<UInt32>(entryLimit: keyLimit, byteLimit: 2 << 20)
    private var pairs = ByteTable<KnownAttribute>()
    private var values = ByteTable<KnownAttribute>()
    private var template: [UInt8] = []

    private var semantics = [SemanticValue(name: "", value: "")]
    /// Those of the span at hand that are not remembered.
    private var passingSemantics: [SemanticValue] = []
    private static let passingBit: UInt32 = 1 << 31

    init(vocabulary: Vocabulary, limiter: CardinalityLimiter, limits: DecodingLimits) {
        self.vocabulary = vocabulary
        self.limiter = limiter
        self.limits = limits
    }

    /// One more than the largest `KnownAttribute.key`.
    var keyCount: Int { keys.count }

    /// Whether it has learnt so much that it is better made anew.
    var isFull: Bool { keys.count >= AttributeInterner.keyLimit || pairs.isFull || values.isFull }

    /// What the normaliser reads in an attribute of the span at hand.
    func semantic(_ number: UInt32) -> SemanticValue {
        let isPassing = number & AttributeInterner.passingBit != 0
        return isPassing ? passingSemantics[Int(number ^ AttributeInterner.passingBit)] : semantics[Int(number)]
    }

    /// Forgets what only the span before needed.
    mutating func beginSpan() {
        if !passingSemantics.isEmpty { passingSemantics.removeAll(keepingCapacity: true) }
    }

    /// `nil` when the pair is no valid message.
    @inline(__always)
    mutating func attribute(_ pair: UnsafeRawBufferPointer) -> KnownAttribute? {
        let lookup = pairs.key(pair)
        if let known = pairs.value(for: lookup) { return known }
        return learn(pair, lookup)
    }

    @inline(never)
    private mutating func learn(
        _ pair: UnsafeRawBufferPointer,
        _ lookup: ByteTable<KnownAttribute>.Key
    ) -> KnownAttribute? {
        guard let raw = try? RawAttribute(pair) else { return nil }
        let key = key(raw.key)
        let known = attribute(raw.value, key: key)
        let isShort = pair.count <= AttributeInterner.rememberedBytes
        if isShort, known.isRemembered, keys[key].pairs < AttributeInterner.valuesPerKey {
            keys[key].pairs += 1
            pairs.insert(known, for: lookup)
        }
        return known
    }

    private mutating func key(_ bytes: UnsafeRawBufferPointer) -> Int {
        let lookup = keyNumbers.key(bytes)
        if let number = keyNumbers.value(for: lookup) { return Int(number) }
        guard keys.count < AttributeInterner.keyLimit else { return 0 }
        let name = String(decoding: bytes.prefix(limits.keptValueBytes), as: UTF8.self)
        let isKept = !name.isEmpty && bytes.count <= limits.keptValueBytes && limiter.admits(name, to: .attributeKeys)
        keys.append(
            Key(
                name: name,
                id: isKept ? vocabulary.intern(PrintableText.cleaned(name)) : .overflow,
                concept: SemanticConcept.byAttributeName[name],
                rule: isKept ? AttributeKeepRule(key: name) : .nothing
            )
        )
        keyNumbers.insert(UInt32(keys.count - 1), for: lookup)
        return keys.count - 1
    }

    private mutating func attribute(_ value: WireValue, key: Int) -> KnownAttribute {
        guard case .string(let bytes) = value, keys[key].rule == .pathTemplate, bytes.count <= limits.valueBytes else {
            return value.withBytes { remembered(value, as: $0, key: key) }
        }
        template.removeAll(keepingCapacity: true)
        PathTemplate.append(path: bytes, to: &template)
        // Out of `self` while it is read, since what it is read by changes `self`.
        let text = template
        return text.withUnsafeBytes { remembered(.string($0), as: $0, key: key) }
    }

    /// `canonical` is equal only for values that mean the same.
    private mutating func remembered(
        _ value: WireValue,
        as canonical: UnsafeRawBufferPointer,
        key: Int
    ) -> KnownAttribute {
        let lookup = values.key(canonical, salt: UInt32(key) << 3 | value.typeNumber)
        if let known = values.value(for: lookup) { return known }
        let isShort = canonical.count <= AttributeInterner.rememberedBytes
        let known = make(value, key: key, isRemembered: isShort && keys[key].values < AttributeInterner.valuesPerKey)
        if known.isRemembered {
            keys[key].values += 1
            values.insert(known, for: lookup)
        }
        return known
    }

    private mutating func make(_ value: WireValue, key: Int, isRemembered: Bool) -> KnownAttribute {
        var known = KnownAttribute(key: UInt32(key), isRemembered: isRemembered)
        guard let content = value.attributeValue(limits: limits) else {
            if case .absent = value { return known }
            known.isDropped = true
            return known
        }
        if let text = keptText(value, content, rule: keys[key].rule) {
            let id = keys[key].id
            known.isKept = true
            let isAdmitted = limiter.admits(text, to: .values(of: id))
            known.attribute = vocabulary.intern(key: id, value: isAdmitted ? vocabulary.intern(text) : .overflow)
            // A value refused once is of an endless attribute, and will hardly be seen again.
            if !isAdmitted, keys[key].concept == nil { known.isRemembered = false }
        }
        if let concept = keys[key].concept {
            known.role = role(of: concept, hasText: value.hasText)
            let semantic = SemanticValue(name: keys[key].name, value: content)
            if isRemembered {
                known.semantic = UInt32(semantics.count)
                semantics.append(semantic)
            } else {
                known.semantic = UInt32(passingSemantics.count) | AttributeInterner.passingBit
                passingSemantics.append(semantic)
            }
        }
        return known
    }

    private func keptText(_ value: WireValue, _ content: AttributeValue, rule: AttributeKeepRule) -> String? {
        if case .string(let bytes) = value, rule.keepsUnchanged(bytes, byteLimit: limits.keptValueBytes) {
            return content.text
        }
        return rule.kept(content.text, byteLimit: limits.keptValueBytes)
    }

    private func role(of concept: SemanticConcept, hasText: Bool) -> KnownAttribute.Role {
        if concept.isPath { return .path }
        if hasText, concept.replacesPath(for: .server) { return .route }
        if hasText, concept.replacesPath(for: .client) { return .urlTemplate }
        return .semantic
    }
}

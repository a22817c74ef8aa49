import Telemetry

/// Attributes as they come over the wire → numbers of the vocabulary, remembered from request to request.
///
/// Two memories: by the bytes of name and value together, which most attributes of most spans hit; and by what is left
/// of the value when what varies is taken out, which the paths of all requests to one endpoint share. Before either, the
/// attribute that the span before had in the same place is tried: senders keep their order.
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

    /// What an attribute may be: places in `pairs` and `keyNumbers`.
    ///
    /// Not private for the reason of `SpanAssembler.Place`.
    struct Guess: BitwiseCopyable {
        var pair: UInt32
        /// Of a name whose values are paths.
        var pathKey: UInt32
    }

    /// Attributes of a span that are guessed.
    private static let guessedPlaces = 64
    /// As a place: nothing to guess.
    private static let nothing = UInt32.max

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
    /// By place in the span.
    private var guesses = ScratchList<Guess>(capacity: guessedPlaces)
    private let template = UnsafeMutableRawBufferPointer.allocate(byteCount: PathTemplate.plainBytes, alignment: 8)

    private var semantics = [SemanticValue(name: "", value: "")]
    /// Those of the span at hand that are not remembered.
    private var passingSemantics: [SemanticValue] = []
    private static let passingBit: UInt32 = 1 << 31

    init(vocabulary: Vocabulary, limiter: CardinalityLimiter, limits: DecodingLimits) {
        self.vocabulary = vocabulary
        self.limiter = limiter
        self.limits = limits
        for _ in 0..<Self.guessedPlaces { guesses.append(Guess(pair: Self.nothing, pathKey: Self.nothing)) }
    }

    deinit { template.deallocate() }

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

    /// What the pair means, which is a span's attribute number `place`; `nil` when it is no valid message.
    @inline(__always)
    mutating func attribute(_ pair: UnsafeRawBufferPointer, at place: Int) -> KnownAttribute? {
        guard place < Self.guessedPlaces else {
            let lookup = pairs.key(pair)
            return pairs.value(for: lookup) ?? learn(pair, lookup)
        }
        let guess = guesses[place]
        if guess.pair != Self.nothing, let known = pairs.value(at: Int(guess.pair), ifIs: pair) { return known }
        if guess.pathKey != Self.nothing, let known = path(pair, key: guess) { return known }
        let lookup = pairs.key(pair)
        guard let slot = pairs.slot(of: lookup) else { return learn(pair, lookup, guessedAt: place) }
        guesses[place].pair = UInt32(slot)
        return pairs.value(at: slot)
    }

    /// A path under the name that was guessed, if it is one: new in nearly every span, so the pair is not looked up.
    @inline(__always)
    private mutating func path(_ pair: UnsafeRawBufferPointer, key guess: Guess) -> KnownAttribute? {
        // The fields of a pair with a short name and a short string: 1 and its length, 2 and its length, in it 1 again.
        guard pair.count >= 6, pair[0] == 0x0A else { return nil }
        let value = 2 + Int(pair[1])
        guard value + 4 <= pair.count, pair[value] == 0x12, Int(pair[value + 1]) == pair.count - value - 2,
            pair[value + 2] == 0x0A, Int(pair[value + 3]) == pair.count - value - 4, pair[value + 3] < 0x80,
            let key = keyNumbers.value(at: Int(guess.pathKey), ifIs: pair.part(2..<value))
        else { return nil }
        return path(pair.part((value + 4)..<pair.count), key: Int(key))
    }

    private mutating func learn(
        _ pair: UnsafeRawBufferPointer,
        _ lookup: ByteTable<KnownAttribute>.Key,
        guessedAt place: Int
    ) -> KnownAttribute? {
        guard let known = learn(pair, lookup) else { return nil }
        if keys[Int(known.key)].rule == .pathTemplate, let raw = try? RawAttribute(pair),
            let slot = keyNumbers.slot(of: keyNumbers.key(raw.key))
        {
            guesses[place].pathKey = UInt32(slot)
        }
        return known
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
        // A path is found by its template; as a pair it would hardly come again.
        let isPath = keys[key].rule == .pathTemplate
        if isShort, !isPath, known.isRemembered, keys[key].pairs < AttributeInterner.valuesPerKey {
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
        return path(bytes, key: key)
    }

    /// By its template, whatever varies in it.
    private mutating func path(_ bytes: UnsafeRawBufferPointer, key: Int) -> KnownAttribute {
        if let count = PathTemplate.plain(path: bytes, into: template) {
            let text = UnsafeRawBufferPointer(rebasing: template[..<count])
            return remembered(.string(text), as: text, key: key)
        }
        var text: [UInt8] = []
        PathTemplate.append(path: bytes, to: &text)
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

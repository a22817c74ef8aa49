import Telemetry

/// Descriptions of spans → what the span table keeps of them, remembered by the numbers of their parts.
struct OperationInterner: ~Copyable {
    /// A normalised span as numbers of the vocabulary.
    struct Operation: BitwiseCopyable {
        var id: OperationID
        var statement: StringID
        var errorType: StringID
        var isError: Bool
    }

    private let vocabulary: Vocabulary
    private let limiter: CardinalityLimiter
    private var names = ByteTable<UInt32>(entryLimit: 16_384, byteLimit: 2 << 20)
    private var nameCount: UInt32 = 0
    private var operations = ByteTable<Operation>(entryLimit: 32_768, byteLimit: 4 << 20)

    /// The parts of the span at hand, and whether all of them will have the same numbers next time.
    private var fingerprint = ScratchList<UInt32>()
    private var isRemembered = true

    init(vocabulary: Vocabulary, limiter: CardinalityLimiter) {
        self.vocabulary = vocabulary
        self.limiter = limiter
    }

    /// Whether it has learnt so much that it is better made anew.
    var isFull: Bool { names.isFull || operations.isFull }

    /// Begins the fingerprint of a span: after this, `add` what else its description depends on.
    mutating func begin(
        service: StringID,
        kind: SpanKind,
        status: SpanStatus,
        name: UnsafeRawBufferPointer,
        exceptionType: UnsafeRawBufferPointer
    ) {
        fingerprint.removeAll()
        isRemembered = true
        fingerprint.append(service.rawValue)
        fingerprint.append(UInt32(kind.rawValue) << 8 | UInt32(status.rawValue))
        fingerprint.append(number(of: name, salt: 0))
        fingerprint.append(exceptionType.isEmpty ? 0 : number(of: exceptionType, salt: 1))
    }

    mutating func add(_ attribute: KnownAttribute) {
        fingerprint.append(attribute.semantic)
        if !attribute.isRemembered { isRemembered = false }
    }

    /// The operation of the span whose parts were added; `nil` when it is new, and `learn` is to follow.
    func known() -> Operation? {
        operations.value(for: operations.key(UnsafeRawBufferPointer(fingerprint.elements)))
    }

    /// The operation of a span that is not known yet.
    @inline(never)
    mutating func learn(_ description: SpanDescription, service: StringID) -> Operation {
        let operation = intern(description, service: service)
        guard isRemembered else { return operation }
        operations.insert(operation, for: operations.key(UnsafeRawBufferPointer(fingerprint.elements)))
        return operation
    }

    private mutating func number(of text: UnsafeRawBufferPointer, salt: UInt32) -> UInt32 {
        let lookup = names.key(text, salt: salt)
        if let number = names.value(for: lookup) { return number }
        guard !names.isFull, text.count <= 1_024 else {
            isRemembered = false
            // No remembered span has this number, so none can be mistaken for this one.
            return .max
        }
        nameCount += 1
        names.insert(nameCount, for: lookup)
        return nameCount
    }

    private func intern(_ span: SpanDescription, service: StringID) -> Operation {
        let normalised = SpanNormaliser.normalise(span)
        let name = bounded(normalised.operationName, .operations(of: service))
        return Operation(
            id: vocabulary.intern(service: service, name: name, kind: span.kind),
            statement: bounded(normalised.statement, .statements),
            errorType: bounded(normalised.errorType, .errorTypes),
            isError: normalised.isError
        )
    }

    private func bounded(_ text: String, _ group: CardinalityLimiter.Group) -> StringID {
        if text.isEmpty { return .empty }
        return limiter.admits(text, to: group) ? vocabulary.intern(text) : .overflow
    }
}

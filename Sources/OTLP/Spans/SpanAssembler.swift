import COTLP
import Telemetry

/// Undecoded span messages of one request → rows of a span table.
///
/// Each span is unpacked alone into the arena, read, and forgotten, so memory follows the largest span.
struct SpanAssembler: ~Copyable {
    private(set) var spans = SpanTable()
    private(set) var tally = RejectionTally()

    private let arena: DecodingArena
    private let vocabulary: Vocabulary
    private let limiter: CardinalityLimiter
    private let limits: DecodingLimits
    private var attributes: AttributeInterner
    private var operations: OperationInterner
    private var resource: ResourceContext

    // Scratch space, reused from span to span.
    private var fingerprint = SpanFingerprint()
    private var pairs: [(key: AttributeInterner.Key, value: WireValue)] = []
    private var semanticPairs: [(key: AttributeInterner.Key, value: WireValue)] = []
    private var lastPair: [(span: Int, pair: Int)] = []
    private var kept: [SpanAttribute] = []
    private var serial = 0

    init(arena: consuming DecodingArena, vocabulary: Vocabulary, limiter: CardinalityLimiter, limits: DecodingLimits) {
        self.arena = arena
        self.vocabulary = vocabulary
        self.limiter = limiter
        self.limits = limits
        attributes = AttributeInterner(vocabulary: vocabulary, limiter: limiter, limits: limits)
        operations = OperationInterner(vocabulary: vocabulary, limiter: limiter)
        resource = ResourceContext(attributes: [:], vocabulary: vocabulary, limiter: limiter)
    }

    /// Makes the merged parts, undecoded `Resource` messages, the resource of the spans that follow.
    mutating func begin(resource parts: [UnsafeRawBufferPointer]) throws(OTLPDecodingError) {
        var values: [String: AttributeValue] = [:]
        for part in parts {
            arena.reset()
            let fields = try FieldCount(part, attributeField: 1)
            guard fields.total <= limits.fieldsPerSpan else { throw .tooLarge("a resource has too many attributes") }
            guard
                let message = otlp__resource__unpack(arena.allocator, part.count, part.bytesAddress)
            else {
                guard !arena.refused else { throw .tooLarge("a resource is too large") }
                throw .malformed("a resource is no valid protobuf message")
            }
            for pair in UnsafeBufferPointer(start: message.pointee.attributes, count: message.pointee.n_attributes) {
                guard let pair = pair?.pointee else { continue }
                let key = String(decoding: pair.key.buffer.prefix(limits.keptValueBytes), as: UTF8.self)
                values[key] = WireValue(pair.value).attributeValue(limits: limits)
            }
        }
        resource = ResourceContext(attributes: values, vocabulary: vocabulary, limiter: limiter)
    }

    /// Adds a span to the table, or counts why not.
    mutating func add(_ message: UnsafeRawBufferPointer) {
        if let rejection = read(message) { tally.count(rejection) }
    }

    private mutating func read(_ bytes: UnsafeRawBufferPointer) -> SpanRejection? {
        arena.reset()
        guard let fields = try? FieldCount(bytes, attributeField: 9) else { return .malformed }
        guard fields.total <= limits.fieldsPerSpan else { return .tooLarge }
        guard let message = otlp__span__unpack(arena.allocator, bytes.count, bytes.bytesAddress) else {
            return arena.refused ? .tooLarge : .malformed
        }
        let span = message.pointee
        guard let traceID = span.trace_id.traceID else { return .traceID }
        guard let spanID = span.span_id.spanID else { return .spanID }
        guard span.parent_span_id.len == 0 || span.parent_span_id.len == 8 else { return .parentID }

        var isIncomplete = fields.attributes > limits.attributesPerSpan
        collectPairs(of: span)
        let operation = operation(of: span)
        kept.removeAll(keepingCapacity: true)
        for pair in pairs where pair.key.rule != .nothing {
            switch attributes.outcome(of: pair.value, for: pair.key) {
            case .kept(let value): kept.append(SpanAttribute(key: pair.key.id, value: value))
            case .leftOut: break
            case .dropped: isIncomplete = true
            }
        }
        if isIncomplete { tally.incomplete += 1 }
        let sendersLoss = span.dropped_attributes_count | span.dropped_events_count | span.dropped_links_count
        var flags: SpanFlags = []
        if operation.isError { flags.insert(.error) }
        if isIncomplete || sendersLoss > 0 { flags.insert(.incomplete) }
        if span.end_time_unix_nano < span.start_time_unix_nano { flags.insert(.clamped) }
        // Bit 9 means something only where bit 8 is set.
        if span.flags & 0x300 == 0x300 { flags.insert(.remoteParent) }
        spans.append(
            SpanFields(
                traceID: traceID,
                spanID: spanID,
                parentID: span.parent_span_id.spanID ?? .none,
                startNanoseconds: span.start_time_unix_nano,
                endNanoseconds: span.end_time_unix_nano,
                operation: operation.id,
                kind: span.spanKind,
                statement: operation.statement,
                errorType: operation.errorType,
                instance: resource.instance,
                flags: flags
            ),
            attributes: kept
        )
        return nil
    }

    /// Fills `pairs` with the attributes that count: of equal keys the last.
    private mutating func collectPairs(of span: Otlp__Span) {
        pairs.removeAll(keepingCapacity: true)
        serial += 1
        let messages = UnsafeBufferPointer(start: span.attributes, count: span.n_attributes)
        for message in messages.prefix(limits.attributesPerSpan) {
            guard let message = message?.pointee else { continue }
            let key = attributes.key(message.key.buffer)
            while lastPair.count <= key.number { lastPair.append((span: 0, pair: 0)) }
            let value = WireValue(message.value)
            if lastPair[key.number].span == serial {
                pairs[lastPair[key.number].pair].value = value
            } else {
                lastPair[key.number] = (span: serial, pair: pairs.count)
                pairs.append((key: key, value: value))
            }
        }
    }

    private mutating func operation(of span: Otlp__Span) -> OperationInterner.Operation {
        let exceptionType = ExceptionEvent.type(of: span, arena: arena)
        fingerprint.reset()
        fingerprint.append(Int(span.spanKind.rawValue) << 8 | Int(span.spanStatus.rawValue))
        fingerprint.append(span.name.buffer)
        fingerprint.append(exceptionType)
        selectSemanticPairs(kind: span.spanKind)
        for pair in semanticPairs { fingerprint.append(key: pair.key.number, pair.value) }
        let (pairs, limits) = (semanticPairs, limits)
        return fingerprint.bytes.withUnsafeBytes { bytes in
            operations.operation(fingerprint: bytes, service: resource.service) {
                SpanDescription(
                    name: String(decoding: span.name.buffer.prefix(limits.valueBytes), as: UTF8.self),
                    kind: span.spanKind,
                    status: span.spanStatus,
                    attributes: pairs.reduce(into: [:]) { attributes, pair in
                        attributes[pair.key.name] = pair.value.attributeValue(limits: limits)
                    },
                    exceptionType: String(decoding: exceptionType.prefix(limits.keptValueBytes), as: UTF8.self)
                )
            }
        }
    }

    /// Fills `semanticPairs` with the attributes that the span's normalised form depends on.
    private mutating func selectSemanticPairs(kind: SpanKind) {
        semanticPairs.removeAll(keepingCapacity: true)
        let hasTemplate = pairs.contains { $0.key.concept?.replacesPath(for: kind) == true && $0.value.hasText }
        for pair in pairs {
            guard let concept = pair.key.concept, !(hasTemplate && concept.isPath) else { continue }
            semanticPairs.append(pair)
        }
    }
}

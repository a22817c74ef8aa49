import COTLP
import Telemetry

/// Undecoded span messages → rows of a span table; what it learns of names and values serves the next request too.
///
/// Reads each span in place and alone, so a bad one costs only itself. Not for sharing between threads.
struct SpanAssembler: ~Copyable {
    private let limits: DecodingLimits
    private var attributes: AttributeInterner
    private var operations: OperationInterner
    private let notes: SpanNotes

    // Scratch space, reused from span to span.
    private var scan = SpanScan()
    private var found = ScratchList<KnownAttribute>()
    /// The roles in `found`, a bit each.
    private var roles: UInt8 = 0
    private var lastOfKey = ScratchList<Place>()
    /// The spans of the request so far, and what is kept of their attributes.
    private var rows = ScratchList<SpanFields>(capacity: 1_024)
    private var keptEnds = ScratchList<Int>(capacity: 1_024)
    private var kept = ScratchList<AttributeID>(capacity: 8_192)
    private var serial = 0
    /// Far more spans than a batch of any SDK.
    private static let rowsReserved = 16_384

    /// Where in `found` an attribute name stands, if `span` is the serial number of the span at hand.
    ///
    /// Not private: Swift 6.3.1 cannot compile a list, itself not copyable, of a private type.
    struct Place: BitwiseCopyable {
        var span: Int
        var index: Int
    }

    init(vocabulary: Vocabulary, limiter: CardinalityLimiter, limits: DecodingLimits) {
        self.limits = limits
        attributes = AttributeInterner(vocabulary: vocabulary, limiter: limiter, limits: limits)
        operations = OperationInterner(vocabulary: vocabulary, limiter: limiter)
        notes = SpanNotes(vocabulary: vocabulary, limiter: limiter, limits: limits)
    }

    /// Whether it has learnt so much that it is better made anew.
    var isFull: Bool { attributes.isFull || operations.isFull }

    /// Forgets the spans of the request before, and the room that only a huge one needed.
    mutating func begin() {
        rows.removeAll()
        keptEnds.removeAll()
        kept.removeAll()
        guard rows.capacity > SpanAssembler.rowsReserved || kept.capacity > 8 * SpanAssembler.rowsReserved else {
            return
        }
        rows = ScratchList(capacity: 1_024)
        keptEnds = ScratchList(capacity: 1_024)
        kept = ScratchList(capacity: 8_192)
    }

    /// Puts the request's spans into the batch.
    func end(_ batch: inout TelemetryBatch) {
        batch.spans.append(rows.elements, attributeEnds: keptEnds.elements, attributes: kept.elements)
    }

    /// Adds a span to the request's, its events and links to the batch, or counts why not.
    mutating func add(
        _ message: UnsafeRawBufferPointer,
        resource: ResourceContext,
        to batch: inout TelemetryBatch,
        tally: inout RejectionTally,
        arena: borrowing DecodingArena
    ) {
        if let rejection = read(message, resource: resource, to: &batch, tally: &tally, arena: arena) {
            tally.count(rejection)
        }
    }

    @inline(__always)
    private mutating func read(
        _ bytes: UnsafeRawBufferPointer,
        resource: ResourceContext,
        to batch: inout TelemetryBatch,
        tally: inout RejectionTally,
        arena: borrowing DecodingArena
    ) -> SpanRejection? {
        if let rejection = scan.scan(bytes, limits: limits) { return rejection }
        guard let traceID = scan.traceID.traceID else { return .traceID }
        guard let spanID = scan.spanID.spanID else { return .spanID }
        guard scan.parentID.isEmpty || scan.parentID.count == 8 else { return .parentID }
        guard findAttributes() else { return .malformed }

        let exceptionType = addNotes(of: (traceID, spanID), to: &batch, arena: arena)
        var isIncomplete = scan.hasTooManyAttributes
        let operation = operation(resource: resource, exceptionType: exceptionType, isIncomplete: &isIncomplete)
        resource.append(to: &kept)
        if isIncomplete { tally.incomplete += 1 }
        let flags = SpanFlags(
            isError: operation.isError,
            // Bit 9 means something only where bit 8 is set.
            hasRemoteParent: scan.flags & 0x300 == 0x300,
            isIncomplete: isIncomplete || scan.hasLosses,
            isClamped: scan.endNanoseconds < scan.startNanoseconds
        )
        rows.append(
            SpanFields(
                traceID: traceID,
                spanID: spanID,
                parentID: scan.parentID.spanID ?? .none,
                startNanoseconds: scan.startNanoseconds,
                endNanoseconds: scan.endNanoseconds,
                operation: operation.id,
                kind: scan.kind,
                statement: operation.statement,
                errorType: operation.errorType,
                instance: resource.instance,
                flags: flags,
                weight: scan.traceState.isEmpty ? 1 : SamplingThreshold.weight(traceState: scan.traceState)
            )
        )
        keptEnds.append(kept.count)
        return nil
    }

    /// Fills `found` with the attributes that count: of equal keys the last; false when one is malformed.
    @inline(__always)
    private mutating func findAttributes() -> Bool {
        found.removeAll()
        roles = 0
        attributes.beginSpan()
        serial += 1
        var hasRepeats = false
        for (place, message) in scan.attributes.elements.enumerated() {
            guard let attribute = attributes.attribute(message, at: place) else { return false }
            let key = Int(attribute.key)
            while lastOfKey.count <= key { lastOfKey.append(Place(span: 0, index: 0)) }
            roles |= attribute.roleBit
            let place = lastOfKey[key]
            if place.span == serial {
                found[place.index] = attribute
                hasRepeats = true
            } else {
                lastOfKey[key] = Place(span: serial, index: found.count)
                found.append(attribute)
            }
        }
        if hasRepeats { roles = found.elements.reduce(0) { $0 | $1.roleBit } }
        return true
    }

    private func addNotes(
        of span: (trace: TraceID, span: SpanID),
        to batch: inout TelemetryBatch,
        arena: borrowing DecodingArena
    ) -> UnsafeRawBufferPointer {
        guard !(scan.events.isEmpty && scan.links.isEmpty) else { return .empty }
        arena.reset()
        notes.add(links: scan.links.elements, of: span, to: &batch, arena: arena)
        return notes.add(events: scan.events.elements, of: span, to: &batch, arena: arena)
    }

    /// What the span is taken for; on the way, what is kept of its attributes is added to `kept`.
    private mutating func operation(
        resource: ResourceContext,
        exceptionType: UnsafeRawBufferPointer,
        isIncomplete: inout Bool
    ) -> OperationInterner.Operation {
        let kind = scan.kind
        operations.begin(
            service: resource.service,
            kind: kind,
            status: scan.status,
            name: scan.name,
            exceptionType: exceptionType
        )
        let hasTemplate = roles & KnownAttribute.roleBitThatReplacesPath(for: kind) != 0
        for attribute in found.elements {
            if isRead(attribute, hasTemplate: hasTemplate) { operations.add(attribute) }
            if attribute.isKept { kept.append(attribute.attribute) }
            if attribute.isDropped { isIncomplete = true }
        }
        if let operation = operations.known() { return operation }
        let description = description(kind: kind, hasTemplate: hasTemplate, exceptionType: exceptionType)
        return operations.learn(description, service: resource.service)
    }

    /// Whether the span's normalised form depends on the attribute.
    @inline(__always)
    private func isRead(_ attribute: KnownAttribute, hasTemplate: Bool) -> Bool {
        attribute.semantic != 0 && !(hasTemplate && attribute.role == .path)
    }

    private func description(
        kind: SpanKind,
        hasTemplate: Bool,
        exceptionType: UnsafeRawBufferPointer
    ) -> SpanDescription {
        var values: [String: AttributeValue] = [:]
        for attribute in found.elements where isRead(attribute, hasTemplate: hasTemplate) {
            let semantic = attributes.semantic(attribute.semantic)
            values[semantic.name] = semantic.value
        }
        return SpanDescription(
            name: String(decoding: scan.name.prefix(limits.valueBytes), as: UTF8.self),
            kind: kind,
            status: scan.status,
            attributes: values,
            exceptionType: String(decoding: exceptionType.prefix(limits.keptValueBytes), as: UTF8.self)
        )
    }
}

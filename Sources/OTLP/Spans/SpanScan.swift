import Telemetry

/// The fields of one span message, found where they lie; made once and filled again for each span.
///
/// Spans are the one message that is not unpacked by protobuf-c: at its cost for each of 16 fields a receiver could not
/// keep up. `SpanScanTests` holds both readers to the same answers.
struct SpanScan: ~Copyable {
    private(set) var traceID = UnsafeRawBufferPointer.empty
    private(set) var spanID = UnsafeRawBufferPointer.empty
    private(set) var parentID = UnsafeRawBufferPointer.empty
    private(set) var traceState = UnsafeRawBufferPointer.empty
    private(set) var name = UnsafeRawBufferPointer.empty
    private(set) var kindNumber: UInt64 = 0
    private(set) var startNanoseconds: UInt64 = 0
    private(set) var endNanoseconds: UInt64 = 0
    private(set) var statusNumber: UInt64 = 0
    private(set) var flags: UInt32 = 0
    /// Numbers of attributes, events and links that the sender had to drop.
    private var losses: (attributes: UInt64, events: UInt64, links: UInt64) = (0, 0, 0)
    /// Whether the sender says that it left something out.
    var hasLosses: Bool { losses.attributes | losses.events | losses.links != 0 }
    /// Undecoded messages, at most the limit of each.
    private(set) var attributes = ScratchList<UnsafeRawBufferPointer>()
    private(set) var events = ScratchList<UnsafeRawBufferPointer>()
    private(set) var links = ScratchList<UnsafeRawBufferPointer>()
    private(set) var hasTooManyAttributes = false

    private static let eventsPerSpan = 1_000

    /// Reads a message in place of the one before; the reason when it is no span.
    mutating func scan(_ message: UnsafeRawBufferPointer, limits: DecodingLimits) -> SpanRejection? {
        reset()
        do { return try read(message, limits: limits) } catch { return .malformed }
    }

    private mutating func reset() {
        traceID = .empty
        spanID = .empty
        parentID = .empty
        traceState = .empty
        name = .empty
        kindNumber = 0
        startNanoseconds = 0
        endNanoseconds = 0
        statusNumber = 0
        flags = 0
        losses = (0, 0, 0)
        hasTooManyAttributes = false
        attributes.removeAll()
        events.removeAll()
        links.removeAll()
    }

    private mutating func read(
        _ message: UnsafeRawBufferPointer,
        limits: DecodingLimits
    ) throws(OTLPDecodingError) -> SpanRejection? {
        var reader = WireReader(message)
        var fields = 0
        while let field = try reader.next() {
            fields += 1
            switch (field.number, field.type) {
            case (9, .lengthDelimited): addAttribute(field.bytes, limit: limits.attributesPerSpan)
            case (1, .lengthDelimited): traceID = field.bytes
            case (2, .lengthDelimited): spanID = field.bytes
            case (3, .lengthDelimited): traceState = field.bytes
            case (4, .lengthDelimited): parentID = field.bytes
            case (5, .lengthDelimited): name = field.bytes
            case (6, .varint): kindNumber = field.scalar
            case (7, .fixed64): startNanoseconds = field.fixed64
            case (8, .fixed64): endNanoseconds = field.fixed64
            case (10, .varint): losses.attributes = field.scalar
            case (12, .varint): losses.events = field.scalar
            case (14, .varint): losses.links = field.scalar
            case (11, .lengthDelimited): SpanScan.add(field.bytes, to: &events)
            case (13, .lengthDelimited): SpanScan.add(field.bytes, to: &links)
            case (15, .lengthDelimited): try readStatus(field.bytes)
            case (16, .fixed32): flags = field.fixed32
            case (1...16, _): return .malformed
            default: break
            }
        }
        return fields > limits.fieldsPerSpan ? .tooLarge : nil
    }

    @inline(__always)
    private mutating func addAttribute(_ bytes: UnsafeRawBufferPointer, limit: Int) {
        if attributes.count < limit { attributes.append(bytes) } else { hasTooManyAttributes = true }
    }

    private static func add(_ bytes: UnsafeRawBufferPointer, to messages: inout ScratchList<UnsafeRawBufferPointer>) {
        if messages.count < eventsPerSpan { messages.append(bytes) }
    }

    private mutating func readStatus(_ message: UnsafeRawBufferPointer) throws(OTLPDecodingError) {
        var reader = WireReader(message)
        while let field = try reader.next() {
            switch (field.number, field.type) {
            case (3, .varint): statusNumber = field.scalar
            case (2...3, .lengthDelimited) where field.number == 2: break
            case (2...3, _): throw .malformed("a status has a field of the wrong type")
            default: break
            }
        }
    }
}

extension SpanScan {
    /// Internal where the sender left it open, as the convention says, or sent a number we do not know.
    var kind: SpanKind {
        guard let known = UInt8(exactly: kindNumber).flatMap(SpanKind.init), known != .unspecified else {
            return .internal
        }
        return known
    }

    var status: SpanStatus { UInt8(exactly: statusNumber).flatMap(SpanStatus.init) ?? .unset }
}

extension UnsafeRawBufferPointer {
    /// `nil` unless it is 16 bytes and not all zero.
    var traceID: TraceID? {
        guard count == 16 else { return nil }
        let id = TraceID(high: word(at: 0), low: word(at: 8))
        return id.isValid ? id : nil
    }

    /// `nil` unless it is 8 bytes and not all zero.
    var spanID: SpanID? {
        guard count == 8 else { return nil }
        let id = SpanID(word(at: 0))
        return id.isValid ? id : nil
    }

    private func word(at offset: Int) -> UInt64 {
        UInt64(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// The address as protobuf-c takes it.
    var bytesAddress: UnsafePointer<UInt8>? { baseAddress?.assumingMemoryBound(to: UInt8.self) }
}

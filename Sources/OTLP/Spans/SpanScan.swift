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

    /// The fields of `Span`, number and type as they lie on the wire.
    private enum Tag {
        static var traceID: UInt64 { 1 << 3 | 2 }
        static var spanID: UInt64 { 2 << 3 | 2 }
        static var traceState: UInt64 { 3 << 3 | 2 }
        static var parentID: UInt64 { 4 << 3 | 2 }
        static var name: UInt64 { 5 << 3 | 2 }
        static var kind: UInt64 { 6 << 3 }
        static var start: UInt64 { 7 << 3 | 1 }
        static var end: UInt64 { 8 << 3 | 1 }
        static var attributes: UInt64 { 9 << 3 | 2 }
        static var droppedAttributes: UInt64 { 10 << 3 }
        static var events: UInt64 { 11 << 3 | 2 }
        static var droppedEvents: UInt64 { 12 << 3 }
        static var links: UInt64 { 13 << 3 | 2 }
        static var droppedLinks: UInt64 { 14 << 3 }
        static var status: UInt64 { 15 << 3 | 2 }
        static var flags: UInt64 { 16 << 3 | 5 }
    }

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
    ) throws(WireError) -> SpanRejection? {
        var reader = WireReader(message)
        var fields = 0
        while let tag = try reader.tag() {
            fields += 1
            switch tag {
            case Tag.attributes: addAttribute(try reader.delimited(), limit: limits.attributesPerSpan)
            case Tag.traceID: traceID = try reader.delimited()
            case Tag.spanID: spanID = try reader.delimited()
            case Tag.traceState: traceState = try reader.delimited()
            case Tag.parentID: parentID = try reader.delimited()
            case Tag.name: name = try reader.delimited()
            case Tag.kind: kindNumber = try reader.varint()
            case Tag.start: startNanoseconds = try reader.fixed64()
            case Tag.end: endNanoseconds = try reader.fixed64()
            case Tag.droppedAttributes: losses.attributes = try reader.varint()
            case Tag.droppedEvents: losses.events = try reader.varint()
            case Tag.droppedLinks: losses.links = try reader.varint()
            case Tag.events: SpanScan.add(try reader.delimited(), to: &events)
            case Tag.links: SpanScan.add(try reader.delimited(), to: &links)
            case Tag.status: try readStatus(try reader.delimited())
            case Tag.flags: flags = try reader.fixed32()
            // Unknown; a known number with another type is no span.
            default: if try reader.field(tag).number <= 16 { return .malformed }
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

    private mutating func readStatus(_ message: UnsafeRawBufferPointer) throws(WireError) {
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
    @inline(__always)
    var kind: SpanKind {
        switch kindNumber {
        case 2: .server
        case 3: .client
        case 4: .producer
        case 5: .consumer
        default: .internal
        }
    }

    @inline(__always)
    var status: SpanStatus {
        switch statusNumber {
        case 1: .ok
        case 2: .error
        default: .unset
        }
    }
}

extension UnsafeRawBufferPointer {
    /// `nil` unless it is 16 bytes and not all zero.
    @inline(__always)
    var traceID: TraceID? {
        guard count == 16 else { return nil }
        let id = TraceID(high: word(at: 0), low: word(at: 8))
        return id.isValid ? id : nil
    }

    /// `nil` unless it is 8 bytes and not all zero.
    @inline(__always)
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

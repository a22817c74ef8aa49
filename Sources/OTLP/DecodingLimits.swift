/// What one OTLP request may cost (`spec/wire.md` sections 7.2 and 8).
package struct DecodingLimits: Sendable, Hashable {
    /// Of the decoded body; OTLP recommends 64 MiB.
    package var bodyBytes = 64 << 20
    /// Spans, metrics or log records.
    package var itemsPerRequest = 200_000
    /// Resources, scopes and unknown fields around the items, together.
    package var envelopeFieldsPerRequest = 200_000
    /// The excess is dropped and the span marked `SpanFlags.incomplete`.
    package var attributesPerSpan = 1_000
    /// Longer values are cut before they are looked at.
    package var valueBytes = 64 << 10
    /// Longer values name operations but are not kept with the span.
    package var keptValueBytes = 256
    /// How deep arrays and maps may nest; a deeper value is dropped and the span marked `SpanFlags.incomplete`.
    package var valueDepth = 32
    /// What the messages of one span, or of one resource, may allocate while they are decoded.
    package var arenaBytes = 64 << 20

    package init() {}

    /// Fields of any kind in one span or resource; more is a flood, not a span.
    var fieldsPerSpan: Int { 16 * attributesPerSpan }

    /// An honest body needs less than 16 bytes of memory a byte; the constant is for bodies of a few spans.
    func arenaBudget(forBody bytes: Int) -> Int { min(16 * bytes + (64 << 10), arenaBytes) }
}

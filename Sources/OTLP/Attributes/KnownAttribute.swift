import Telemetry

/// What an attribute, name and value together, means to a span: found once, remembered by its bytes.
struct KnownAttribute: BitwiseCopyable {
    /// What the normaliser may do with it.
    enum Role: UInt8, BitwiseCopyable {
        /// It is kept or not; the span's operation does not depend on it.
        case plain
        case semantic
        /// The raw path or URL, which a template makes irrelevant.
        case path
        /// The template of a server's paths.
        case route
        /// The template of a client's paths.
        case urlTemplate
    }

    /// The number of its name.
    var key: UInt32
    var role = Role.plain
    /// It could not be read or nests too deep; the span is incomplete.
    var isDropped = false
    /// Whether `attribute` stays with the span.
    var isKept = false
    var attribute = AttributeID.overflow
    /// Equal only for attributes that the normaliser treats alike; an index into the semantic values.
    var semantic: UInt32 = 0
    /// Whether the same attribute will get the same `semantic` number again.
    var isRemembered = true

    @inline(__always)
    var roleBit: UInt8 { 1 << role.rawValue }

    /// The role that makes the raw path of a span of this kind irrelevant.
    @inline(__always)
    static func roleBitThatReplacesPath(for kind: SpanKind) -> UInt8 {
        if case .client = kind { 1 << Role.urlTemplate.rawValue } else { 1 << Role.route.rawValue }
    }
}

import COTLP
import Telemetry

/// What the spans, points or records of one resource have in common.
struct ResourceContext: BitwiseCopyable {
    var service: StringID
    var instance: StringID
    private var inherited: InlineArray<3, AttributeID>
    private var inheritedCount = 0

    /// What its spans inherit: what tells versions and places of one service apart (`spec/analysis.md`, F17 and F32).
    private static let inheritedNames = ["service.version", "cloud.region", "cloud.availability_zone"]

    /// The name that OpenTelemetry gives a service that has none.
    static let unknownService = "unknown_service"

    /// The longest service or instance name kept.
    private static let byteLimit = 200

    /// Reads the attributes of a resource; see `SpanFields.instance` for the order of names.
    init(attributes: [String: AttributeValue], vocabulary: Vocabulary, limiter: CardinalityLimiter) {
        func text(_ names: [String], orElse fallback: String) -> String {
            let found = names.lazy.compactMap { attributes[$0]?.text }.first { !$0.isEmpty } ?? fallback
            return PrintableText.cleaned(Redaction.redacted(found)).prefix(utf8: ResourceContext.byteLimit)
        }
        let service = text(["service.name"], orElse: ResourceContext.unknownService)
        let instance = text(["service.instance.id", "host.id", "host.name"], orElse: "")
        self.service = limiter.admits(service, to: .services) ? vocabulary.intern(service) : .overflow
        self.instance = limiter.admits(instance, to: .instances) ? vocabulary.intern(instance) : .overflow
        inherited = InlineArray(repeating: .overflow)
        for name in ResourceContext.inheritedNames {
            let value = text([name], orElse: "")
            guard !value.isEmpty else { continue }
            let key = vocabulary.intern(name)
            let isAdmitted = limiter.admits(value, to: .values(of: key))
            inherited[inheritedCount] = vocabulary.intern(
                key: key,
                value: isAdmitted ? vocabulary.intern(value) : .overflow
            )
            inheritedCount += 1
        }
    }

    /// Adds what a span inherits; behind its own attributes, since readers take the first of a name.
    @inline(__always)
    func append(to kept: inout ScratchList<AttributeID>) {
        for index in 0..<inheritedCount { kept.append(inherited[index]) }
    }
}

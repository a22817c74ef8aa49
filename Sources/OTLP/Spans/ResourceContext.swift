import COTLP
import Telemetry

/// What the spans, points or records of one resource have in common.
struct ResourceContext: BitwiseCopyable {
    var service: StringID
    var instance: StringID
    /// What tells versions and places of one service apart, kept with each span; `overflow` for what is not said.
    var version: AttributeID
    var region: AttributeID
    var zone: AttributeID

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
        func kept(_ name: String) -> AttributeID {
            let value = text([name], orElse: "")
            let key = vocabulary.intern(name)
            guard !value.isEmpty, limiter.admits(value, to: .values(of: key)) else { return .overflow }
            return vocabulary.intern(key: key, value: vocabulary.intern(value))
        }
        version = kept("service.version")
        region = kept("cloud.region")
        zone = kept("cloud.availability_zone")
    }
}

import OTLP
import Telemetry

/// Spans of one resource on their way from a foreign format into OTLP.
struct ImportedSpans {
    var service: String
    var instance: String = ""
    var attributes: [(key: String, value: AttributeValue)] = []
    var spans: [ExportSpan] = []

    /// One OTLP request, so that what is imported goes through the rules of what is received.
    var request: [UInt8] {
        var resource: [(key: String, value: AttributeValue)] = [("service.name", .string(service))]
        if !instance.isEmpty { resource.append(("service.instance.id", .string(instance))) }
        resource += attributes.filter { $0.key != "service.name" && $0.key != "service.instance.id" }
        return TraceEncoder.encode(spans, resource: resource, scope: "")
    }
}

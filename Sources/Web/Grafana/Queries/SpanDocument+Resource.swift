import Telemetry

/// What of a kept span belongs to the process that made it.
///
/// A `SpanDocument` keeps attributes of span and resource in one list; the names tell them apart again.
extension SpanDocument {
    /// Where a span ran.
    struct Resource: Hashable {
        var service: String
        var attributes: [String: String]
    }

    // Namespaces of resources in the semantic conventions 1.44.
    private static let namespaces = [
        "cloud.", "container.", "deployment.", "host.", "k8s.", "os.", "process.", "service.", "telemetry.",
    ]

    /// The attributes of its resource; the service's name stands for itself.
    var resource: Resource {
        Resource(service: service, attributes: attributes.filter { SpanDocument.isOfResource($0.key) })
    }

    /// What is left: the attributes of the span itself, the class of error apart.
    var ownAttributes: [String: String] {
        attributes.filter { !SpanDocument.isOfResource($0.key) && $0.key != "service.name" }
    }

    private static func isOfResource(_ name: String) -> Bool {
        name != "service.name" && namespaces.contains { name.hasPrefix($0) }
    }
}

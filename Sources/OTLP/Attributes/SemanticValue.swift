import Telemetry

/// An attribute as the normaliser reads it.
struct SemanticValue {
    var name: String
    var value: AttributeValue
}

import Telemetry

/// The labels of an operation: text that came from outside, made fit for a label.
struct OperationLabels: Hashable, Comparable {
    /// What is left of all operations beyond the limit.
    static let other = OperationLabels(service: "other", operation: "other", kind: "other")

    // Scalars; names are templates, so that a longer one is a mistake of its sender.
    private static let length = 120

    var service: String
    var operation: String
    var kind: String

    private init(service: String, operation: String, kind: String) {
        self.service = service
        self.operation = operation
        self.kind = kind
    }

    init(_ key: OperationKey) {
        self.init(
            service: OperationLabels.clean(key.service),
            operation: OperationLabels.clean(key.name),
            kind: key.kind.name
        )
    }

    var pairs: [(name: String, value: String)] {
        [("service", service), ("operation", operation), ("kind", kind)]
    }

    static func < (left: OperationLabels, right: OperationLabels) -> Bool {
        (left.service, left.operation, left.kind) < (right.service, right.operation, right.kind)
    }

    /// Without control characters, and cut.
    static func clean(_ text: String) -> String {
        var cleaned = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(length) {
            let isControl = scalar.properties.generalCategory == .control
            cleaned.append(isControl ? " " : scalar)
        }
        return String(cleaned)
    }
}

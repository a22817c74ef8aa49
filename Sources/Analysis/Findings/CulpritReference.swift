package struct CulpritReference: Sendable, Hashable, Codable {
    package var service: String
    package var operation: String
    /// What about it, such as the repeated query text.
    package var attribute: String?

    package init(service: String, operation: String, attribute: String? = nil) {
        self.service = service
        self.operation = operation
        self.attribute = attribute
    }
}

/// A statement with what its span says about it.
struct SQLQuery: Sendable {
    /// The first verb, such as `SELECT`.
    var operation: String
    /// The table it is about.
    var table: String
    /// With `?` for every value.
    var text: String

    init(_ operation: String, _ table: String, _ text: String) {
        self.operation = operation
        self.table = table
        self.text = text
    }

    var summary: String { "\(operation) \(table)" }
}

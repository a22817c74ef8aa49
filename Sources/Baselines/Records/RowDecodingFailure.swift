/// A column that holds a word nobody knows.
struct RowDecodingFailure: Error, CustomStringConvertible {
    let column: String
    let value: String

    var description: String { "column \(column) holds \(value), which is no known word" }
}

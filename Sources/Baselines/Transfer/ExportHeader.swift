/// The first line of an export: what the other lines are.
struct ExportHeader: Sendable, Codable {
    static let current = "plimsoll-baseline/1"

    var schema = ExportHeader.current
    var runs: Int
}

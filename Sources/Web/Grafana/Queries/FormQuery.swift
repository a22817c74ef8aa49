import Foundation

/// The query of a request, decoded as forms are.
///
/// Clients in Go, Grafana among them, send a blank as `+`, which Hummingbird's own reading leaves as it is.
struct FormQuery {
    private let pairs: [(name: String, value: String)]

    init(_ query: String?) {
        pairs = (query ?? "").split(separator: "&").map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (FormQuery.decoded(halves[0]), halves.count == 2 ? FormQuery.decoded(halves[1]) : "")
        }
    }

    /// The first value that is not empty.
    subscript(_ name: String) -> String? {
        pairs.first { $0.name == name && !$0.value.isEmpty }?.value
    }

    /// The first value, also an empty one: a field that somebody cleared.
    func given(_ name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }

    /// The first value of the first name that has one: for parameters that go by several names.
    func first(of names: String...) -> String? {
        names.lazy.compactMap { self[$0] }.first
    }

    /// Of a parameter that may stand repeatedly, in order.
    func all(_ name: String) -> [String] {
        pairs.filter { $0.name == name && !$0.value.isEmpty }.map(\.value)
    }

    /// Text that is not well escaped stands for itself.
    private static func decoded(_ text: Substring) -> String {
        text.replacing("+", with: " ").removingPercent
    }
}

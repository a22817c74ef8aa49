import Correlation

/// The name under which the same finding is recognised in another run: what and where, never how much.
enum Fingerprint {
    static func make(kind: String, endpoint: String, path: [PathFrame], key: String = "") -> String {
        ([kind, endpoint] + path.map(\.label) + (key.isEmpty ? [] : [key])).joined(separator: " | ")
    }
}

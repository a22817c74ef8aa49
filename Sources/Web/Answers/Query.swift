import Authentication
import HTTPTypes
import Hummingbird

/// Parameters of an address, with their limits.
struct Query {
    /// What `limit` is cut to: an unbounded one lets a client ask for all memory (CVE-2026-21728).
    static let limitAtMost = 500

    private let fields: FormQuery

    init(_ request: Request) {
        fields = FormQuery(request.uri.query)
    }

    /// `nil` where it is missing or empty.
    func text(_ name: String) -> String? {
        fields[name].map { String($0.prefix(1_000)) }
    }

    /// Within 1...`limitAtMost`; throws for what is no number.
    func limit(default standard: Int = 50) throws -> Int {
        guard let text = text("limit") else { return standard }
        guard let value = Int(text) else { throw Problem(.badRequest, "limit must be a whole number; found \(text)") }
        return min(max(1, value), Query.limitAtMost)
    }

    /// Unix nanoseconds, as `UnixTime.instant` reads them.
    func moment(_ name: String) throws -> UInt64? {
        guard let text = text(name) else { return nil }
        guard let time = UnixTime.instant(text) else {
            throw Problem(
                .badRequest,
                "\(name) must be Unix time in seconds, milliseconds or nanoseconds, or RFC 3339; found \(text)"
            )
        }
        return time
    }

    /// From `from` to `to`; a missing end is open.
    func range(_ from: String = "from", _ to: String = "to") throws -> Range<UInt64> {
        let start = try moment(from) ?? 0
        let end = try moment(to) ?? UInt64.max
        guard start <= end else { throw Problem(.badRequest, "\(from) must not be after \(to)") }
        return start..<end
    }

    /// A value as it may stand in an address behind `=`.
    static func escape(_ text: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        return text.utf8.map { byte in
            plain.contains(byte) ? String(UnicodeScalar(byte)) : "%" + SecretText.hex([byte]).uppercased()
        }.joined()
    }
}

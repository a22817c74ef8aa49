import Baselines
import Correlation
import HTTPTypes
import Hummingbird

/// A stretch of stored windows that somebody asks for, never longer than a day.
struct WindowRange {
    private static let most: UInt64 = 86_400_000_000_000
    private static let standard: UInt64 = 3_600_000_000_000

    /// Unix nanoseconds.
    let range: Range<UInt64>

    /// `from` and `to`; the last hour where they are missing.
    init(_ request: Request, now: UInt64, from: String = "from", to: String = "to") throws {
        let query = Query(request)
        let end = try query.moment(to) ?? now
        let start = try query.moment(from) ?? (end > WindowRange.standard ? end - WindowRange.standard : 0)
        guard start <= end else { throw Problem(.badRequest, "\(from) must not be after \(to)") }
        guard end - start <= WindowRange.most else {
            throw Problem(.badRequest, "a range may be a day long, 86,400 s")
        }
        range = start..<end
    }

    init(_ range: Range<UInt64>) {
        self.range = range
    }

    /// Everything that the windows come to.
    func summary(of store: BaselineStore) async throws -> WindowSummary {
        var summary = WindowSummary()
        var unreadable = 0
        try await store.forEachWindow(in: range, onDamage: { _ in unreadable += 1 }) { summary.add($0) }
        summary.unreadable = unreadable
        return summary
    }
}

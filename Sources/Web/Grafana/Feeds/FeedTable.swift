/// One table of the JSON feeds: rows of flat objects, newest or most important first.
protocol FeedTable: Sendable {
    associatedtype Row: Encodable

    /// The last part of its path.
    var name: String { get }

    /// At most `limit` rows of what lies in a range of Unix nanoseconds.
    func rows(in range: Range<UInt64>, limit: Int) async throws -> [Row]
}

/// Times in rows: Unix milliseconds, which Infinity reads as `timestamp_epoch`.
enum FeedTime {
    static func milliseconds(_ nanoseconds: UInt64) -> UInt64 { nanoseconds / 1_000_000 }
}

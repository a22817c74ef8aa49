import Foundation

/// Unix nanoseconds as SQLite's integers, which end 292 years after 1970, and as people read them.
enum StoredTime {
    static func column(_ time: UInt64) -> Int64 { Int64(clamping: time) }

    static func value(_ column: Int64) -> UInt64 { UInt64(max(0, column)) }

    static func text(_ time: UInt64) -> String {
        Date(timeIntervalSince1970: Double(time / 1_000_000_000)).formatted(.iso8601)
    }
}

import ArgumentParser
import Foundation

/// A moment as people and scripts write it: ISO 8601 with a time zone, or Unix seconds.
struct DeployTime: ExpressibleByArgument, Equatable {
    /// Seconds at which signed nanoseconds, as the store keeps them, end: in the year 2262.
    private static let last: UInt64 = 9_223_372_036

    let nanoseconds: UInt64

    init?(argument: String) {
        if let seconds = UInt64(argument) {
            // More than these are milliseconds or finer.
            guard seconds <= DeployTime.last else { return nil }
            nanoseconds = seconds * 1_000_000_000
            return
        }
        guard let date = try? Date(argument, strategy: .iso8601), date.timeIntervalSince1970 >= 0,
            date.timeIntervalSince1970 <= Double(DeployTime.last)
        else { return nil }
        nanoseconds = UInt64(date.timeIntervalSince1970) * 1_000_000_000
    }
}

import ArgumentParser
import Foundation

/// A moment as people and scripts write it: ISO 8601 with a time zone, or Unix seconds.
struct DeployTime: ExpressibleByArgument, Equatable {
    let nanoseconds: UInt64

    init?(argument: String) {
        if let seconds = UInt64(argument) {
            // Twelve digits and more are milliseconds or finer: a marker in the year 33658 helps nobody.
            guard seconds < 100_000_000_000 else { return nil }
            nanoseconds = seconds * 1_000_000_000
            return
        }
        guard let date = try? Date(argument, strategy: .iso8601), date.timeIntervalSince1970 >= 0 else { return nil }
        nanoseconds = UInt64(date.timeIntervalSince1970) * 1_000_000_000
    }
}

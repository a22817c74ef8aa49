import Foundation

/// Names a run: sortable by time, unique by its random tail, safe in paths: `20261121T120301Z-3f9a1c`.
struct RunID: Sendable, Hashable {
    let text: String

    init(startedAt: Date, random: UInt64) {
        let stamp = startedAt.formatted(
            .verbatim(
                "\(year: .padded(4))\(month: .twoDigits)\(day: .twoDigits)T\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased))\(minute: .twoDigits)\(second: .twoDigits)Z",
                timeZone: .gmt,
                calendar: Calendar(identifier: .gregorian)
            )
        )
        let digits = String(random & 0xFF_FFFF, radix: 16)
        text = stamp + "-" + String(repeating: "0", count: 6 - digits.count) + digits
    }
}

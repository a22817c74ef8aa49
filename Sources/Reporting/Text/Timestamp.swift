/// Unix nanoseconds as RFC 3339 in UTC.
package enum Timestamp {
    /// Such as `2026-11-21T12:07:52.250Z`.
    package static func rfc3339(_ nanoseconds: UInt64) -> String {
        let seconds = nanoseconds / 1_000_000_000
        let (year, month, day) = date(ofDay: Int(seconds / 86_400))
        let rest = Int(seconds % 86_400)
        let milliseconds = Int(nanoseconds / 1_000_000 % 1000)
        let time = "\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60)).\(padded(milliseconds, 3))"
        return "\(padded(year, 4))-\(two(month))-\(two(day))T\(time)Z"
    }

    /// For people, to the second: `2026-11-21 12:07:52 UTC`.
    package static func readable(_ nanoseconds: UInt64) -> String {
        let text = rfc3339(nanoseconds)
        return text.prefix(10) + " " + text.dropFirst(11).prefix(8) + " UTC"
    }

    // Days since 1970 to a date of the proleptic Gregorian calendar: H. Hinnant, "chrono-compatible low-level date
    // algorithms", civil_from_days.
    private static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func two(_ value: Int) -> String { padded(value, 2) }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

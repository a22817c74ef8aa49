/// Reads times such as `2026-08-20T10:11:12.1234567Z`.
package enum UTCTimestamp {
    /// Unix nanoseconds; `nil` for anything else, or before 1970.
    package static func nanoseconds(_ text: String) -> UInt64? {
        let halves = text.split(separator: "T", omittingEmptySubsequences: false)
        guard halves.count == 2, text.hasSuffix("Z") else { return nil }
        let date = halves[0].split(separator: "-", omittingEmptySubsequences: false).map { number($0) }
        let clock = halves[1].dropLast().split(separator: ":", omittingEmptySubsequences: false)
        guard date.count == 3, clock.count == 3,
            let year = date[0], (1970...2500).contains(year), let month = date[1], (1...12).contains(month),
            let day = date[2], (1...31).contains(day),
            let hour = number(clock[0]), hour < 24, let minute = number(clock[1]), minute < 60
        else { return nil }
        let second = clock[2].split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(second.count), let whole = number(second[0]), whole < 61 else { return nil }
        var fraction: UInt64 = 0
        if second.count == 2 {
            let digits = second[1]
            guard (1...9).contains(digits.utf8.count), let value = number(digits) else { return nil }
            fraction = (0..<(9 - digits.utf8.count)).reduce(value) { value, _ in value * 10 }
        }
        let seconds = ((days(year: year, month: month, day: day) * 24 + hour) * 60 + minute) * 60 + whole
        return seconds * 1_000_000_000 + fraction
    }

    private static func number(_ digits: Substring) -> UInt64? {
        digits.allSatisfy { $0.isASCII && $0.isNumber } ? UInt64(digits) : nil
    }

    /// Since 1970, in the Gregorian calendar (Howard Hinnant's `days_from_civil`).
    private static func days(year: UInt64, month: UInt64, day: UInt64) -> UInt64 {
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

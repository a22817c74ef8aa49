/// Quantities as people read them.
package enum Quantity {
    /// Three significant digits at most: `0.42 ms`, `84.2 ms`, `1.23 s`.
    package static func milliseconds(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let magnitude = value.magnitude
        if magnitude >= 999.5 { return NumberText.fixed(value / 1000, decimals: magnitude < 9995 ? 2 : 1) + " s" }
        return NumberText.fixed(value, decimals: magnitude < 9.995 ? 2 : magnitude < 99.95 ? 1 : 0) + " ms"
    }

    package static func milliseconds(nanoseconds: UInt64) -> String { milliseconds(Double(nanoseconds) / 1e6) }

    /// With its sign as text, so that colour is never the only carrier: `+12.4 ms`, `−3.10 ms`.
    package static func signedMilliseconds(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        guard value.magnitude >= 0.005 else { return "±0 ms" }
        return (value < 0 ? "−" : "+") + milliseconds(value.magnitude)
    }

    /// Of a share in 0...1: `91 %`, `4.2 %`.
    package static func percent(_ share: Double) -> String {
        guard share.isFinite else { return "–" }
        let value = share * 100
        let isWhole = value.magnitude >= 9.95 || value == 0
        let text = NumberText.fixed(value.magnitude, decimals: isWhole ? 0 : value.magnitude < 0.095 ? 2 : 1)
        return (value < 0 ? "−" : "") + text + " %"
    }

    /// Of a share that should be close to 1; never rounds an incomplete one up to `100 %`.
    package static func coverage(_ share: Double) -> String {
        guard share.isFinite else { return "–" }
        if share >= 1 { return "100 %" }
        return NumberText.fixed((share * 10_000).rounded(.down) / 100, decimals: share >= 0.99 ? 2 : 1) + " %"
    }

    /// Of a ratio of after to before: `+31 %`; `nil` without a ratio.
    package static func change(_ ratio: Double?) -> String? {
        guard let ratio, ratio.isFinite else { return nil }
        let share = ratio - 1
        return (share < 0 ? "" : "+") + percent(share)
    }

    /// The seeds' form for machines: `+31%`, `-3.1%`.
    package static func compactChange(_ ratio: Double?) -> String? {
        guard let ratio, ratio.isFinite else { return nil }
        let value = (ratio - 1) * 100
        let text = NumberText.fixed(value.magnitude, decimals: value.magnitude >= 9.95 ? 0 : 1)
        let short = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        return (value < 0 && short != "0" ? "-" : "+") + short + "%"
    }

    /// The nearest whole number, within what a sum of thousands of them may be; 0 for what is none.
    static func whole(_ value: Double) -> Int64 {
        value.isNaN ? 0 : Int64(max(-1e15, min(1e15, value.rounded())))
    }

    /// Grouped in thousands: `12,345`.
    package static func count(_ value: some BinaryInteger) -> String {
        let digits = String(value.magnitude)
        var grouped = ""
        for (offset, digit) in digits.enumerated() {
            if offset > 0, (digits.count - offset).isMultiple(of: 3) { grouped += "," }
            grouped.append(digit)
        }
        return (value < 0 ? "−" : "") + grouped
    }

    /// Calls per request and other small means: `1`, `24.97`, `0.5`.
    package static func mean(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let text = NumberText.fixed(value, decimals: value.magnitude >= 99.95 ? 0 : value.magnitude >= 9.995 ? 1 : 2)
        guard text.contains(".") else { return text }
        var short = Substring(text)
        while short.hasSuffix("0") { short = short.dropLast() }
        return String(short.hasSuffix(".") ? short.dropLast() : short)
    }

    /// A probability that is never rounded to certainty: `0.97`, `> 0.99`.
    package static func confidence(_ value: Double) -> String {
        value >= 0.995 ? "> 0.99" : NumberText.fixed(value, decimals: 2)
    }

    /// Requests per second.
    package static func rate(_ value: Double) -> String { mean(value) + "/s" }

    /// `camelCaseMs` with its value as words: `camel case 12.3 ms`.
    package static func evidence(key: String, value: Double) -> String {
        var words = ""
        for character in key {
            if character.isUppercase, let last = words.last, !last.isUppercase { words += " " }
            words += character.lowercased()
        }
        let parts = words.split(separator: " ")
        let name = parts.dropLast().joined(separator: " ")
        return switch parts.last {
        case "ms" where parts.count > 1: "\(name) \(milliseconds(value))"
        case "count" where parts.count > 1: "\(name) \(mean(value))"
        case "share" where parts.count > 1: "\(name) share \(percent(value))"
        default: "\(words) \(mean(value))"
        }
    }
}

extension Quantity {
    /// A value in the unit of its limit: `ms` and ratios of 0...1 get their usual form.
    package static func limit(_ value: Double, unit: String) -> String {
        switch unit {
        case "ms": milliseconds(value)
        case "ratio", "share", "1": percent(value)
        case "%": mean(value) + " %"
        case "": mean(value)
        default: mean(value) + " " + PlainText.clean(unit, limit: 20)
        }
    }
}

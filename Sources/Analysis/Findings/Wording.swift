import Glibc

/// Numbers as sentences show them.
enum Wording {
    /// `0.40 ms`, `38.2 ms`, `2310 ms`: always milliseconds, so that two values compare at a glance.
    static func milliseconds(_ value: Double) -> String { "\(number(value)) ms" }

    /// With its sign: `+38.2 ms`.
    static func change(_ value: Double) -> String { (value < 0 ? "−" : "+") + milliseconds(abs(value)) }

    /// `+31 %` or `−4.2 %`.
    static func signedPercent(_ share: Double) -> String { (share < 0 ? "−" : "+") + percent(abs(share)) }

    /// `84 %`, or one decimal below 10 %: `1.2 %`.
    static func percent(_ share: Double) -> String {
        let value = share * 100
        return abs(value) < 9.95 && value.rounded() != value ? "\(fixed(value, 1)) %" : "\(fixed(value, 0)) %"
    }

    /// Three digits at most after what matters: `0.04`, `4.2`, `38.2`, `412`.
    static func number(_ value: Double) -> String {
        let size = abs(value)
        if size >= 99.95 || value.rounded() == value { return fixed(value, 0) }
        return fixed(value, size < 0.995 ? 2 : 1)
    }

    private static func fixed(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite else { return value.isNaN ? "unknown" : "unlimited" }
        let scale = pow(10, Double(digits))
        let scaled = (abs(value) * scale).rounded()
        guard scaled < 1e15 else { return "\(value)" }
        let whole = UInt64(scaled) / UInt64(scale)
        let sign = value < 0 && scaled > 0 ? "−" : ""
        guard digits > 0 else { return "\(sign)\(whole)" }
        let rest = String(UInt64(scaled) % UInt64(scale))
        return "\(sign)\(whole).\(String(repeating: "0", count: digits - rest.count))\(rest)"
    }
}

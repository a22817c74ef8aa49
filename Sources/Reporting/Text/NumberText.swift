/// Numbers as text, the same on every machine and in every locale.
package enum NumberText {
    /// With exactly `decimals` digits after the point, half away from zero; `–` for a value that is not finite.
    package static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return "–" }
        let scale = powerOfTen(decimals)
        let scaled = (value.magnitude * scale).rounded()
        guard scaled < 1e15 else { return plain(value) }
        let digits = String(UInt64(scaled))
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// Rounded to `digits` significant digits, without trailing zeros: a valid JSON number for any finite value.
    package static func significant(_ value: Double, digits: Int) -> String {
        guard value.isFinite else { return "null" }
        guard value != 0 else { return "0" }
        var exponent = 0
        var magnitude = value.magnitude
        while magnitude >= 10 { (magnitude, exponent) = (magnitude / 10, exponent + 1) }
        while magnitude < 1 { (magnitude, exponent) = (magnitude * 10, exponent - 1) }
        let shift = digits - 1 - exponent
        // Dividing by an exact power of ten gives the double nearest to the decimal, so its shortest text is it.
        guard (0...22).contains(shift) else {
            return shift < 0 ? plain(value.rounded()) : plain(value)
        }
        let scale = powerOfTen(shift)
        return plain((value * scale).rounded() / scale)
    }

    private static func plain(_ value: Double) -> String {
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func powerOfTen(_ exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<exponent { result *= 10 }
        return result
    }
}

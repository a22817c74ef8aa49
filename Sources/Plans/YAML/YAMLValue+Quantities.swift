/// Durations and sizes as people write them.
extension YAMLValue {
    /// A duration such as `500ms`, `30s` or `1h30m`, 30 days at most.
    func duration(allowsZero: Bool = false, example: String) -> Duration? {
        let least: Duration = allowsZero ? .zero : .nanoseconds(1)
        if let text = scalarText, let duration = Quantity.duration(text), duration >= least {
            return duration
        }
        let range = allowsZero ? "30 days at most" : "above zero, 30 days at most"
        expected("a duration with its unit (ms, s, m, h), \(range)", example: example)
        return nil
    }

    /// Processor cores such as `2`, `0.5` or, as Kubernetes writes it, `500m`.
    func cores(example: String) -> Double? {
        if let number = plainNumber, number > 0, number <= 10_000 { return number }
        if let text = scalarText, text.hasSuffix("m"), let milli = Double(text.dropLast()), milli > 0,
            milli <= 10_000_000
        {
            return milli / 1000
        }
        expected("a number of processor cores above zero", example: example)
        return nil
    }

    /// A size such as `16KiB` or `512MiB` in bytes; a bare number counts in `unit`.
    func bytes(bareUnit unit: Int, example: String) -> Int? {
        if let number = plainNumber, number > 0, number * Double(unit) <= Quantity.largestSize {
            return Int(number * Double(unit))
        }
        if let text = scalarText, let bytes = Quantity.bytes(text) { return bytes }
        expected("a size above zero with its unit (KiB, MiB, GiB)", example: example)
        return nil
    }
}

/// Reads numbers with units.
enum Quantity {
    /// A pebibyte, far beyond any limit that makes sense.
    static let largestSize = 1_125_899_906_842_624.0

    /// `nil` for text that is no duration, is negative, or is longer than 30 days.
    static func duration(_ text: String) -> Duration? {
        var rest = text[...]
        var total = 0.0
        repeat {
            guard let (number, unit) = part(of: &rest) else { return nil }
            switch unit {
            case "ms": total += number / 1000
            case "s": total += number
            case "m": total += number * 60
            case "h": total += number * 3600
            default: return nil
            }
        } while !rest.isEmpty
        guard total <= 30 * 86_400 else { return nil }
        return .nanoseconds(Int64((total * 1e9).rounded()))
    }

    /// `nil` for text that is no size, is zero, or is larger than a pebibyte.
    static func bytes(_ text: String) -> Int? {
        var rest = text[...]
        guard let (number, unit) = part(of: &rest), rest.isEmpty else { return nil }
        let factors: [Substring: Double] = [
            "B": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9, "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824,
            "Ki": 1024, "Mi": 1_048_576, "Gi": 1_073_741_824,
        ]
        guard let factor = factors[unit], number * factor >= 1, number * factor <= largestSize else { return nil }
        return Int(number * factor)
    }

    /// Takes one number and its unit off the front.
    private static func part(of rest: inout Substring) -> (number: Double, unit: Substring)? {
        let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        rest = rest.dropFirst(digits.count)
        if rest.first == " " { rest = rest.dropFirst() }
        let unit = rest.prefix { $0.isASCII && $0.isLetter }
        rest = rest.dropFirst(unit.count)
        guard let number = Double(digits), !unit.isEmpty else { return nil }
        return (number, unit)
    }
}

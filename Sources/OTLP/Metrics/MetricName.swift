/// The name that Prometheus gives an OTLP metric or attribute.
///
/// Source: the OpenTelemetry specification, "Prometheus and OpenMetrics Compatibility", as Prometheus translates with
/// `UnderscoreEscapingWithSuffixes`.
enum MetricName {
    /// Letters, digits, `_` and `:` stay; anything else is one underscore, and the unit and `_total` are added.
    static func metric(_ name: String, unit: String, isCounter: Bool, isGauge: Bool) -> String {
        var words = words(of: name, allowsColon: true)
        let suffixes = unitWords(unit) + (unit == "1" && isGauge ? ["ratio"] : [])
        for suffix in suffixes where !words.contains(suffix) { words.append(suffix) }
        if isCounter {
            words.removeAll { $0 == "total" }
            words.append("total")
        }
        let joined = words.joined(separator: "_")
        return joined.first.map { $0.isNumber } == true ? "_" + joined : joined
    }

    static func label(_ name: String) -> String {
        let text = String(name.utf8.map { isNameByte($0) ? Character(Unicode.Scalar($0)) : "_" })
        return text.first.map { $0.isNumber } == true ? "key_" + text : text
    }

    private static func words(of name: String, allowsColon: Bool) -> [String] {
        let bytes = name.utf8.map { isNameByte($0) || (allowsColon && $0 == UInt8(ascii: ":")) ? $0 : 0x5F }
        return String(decoding: bytes, as: UTF8.self).split(separator: "_").map { String($0) }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
        default: false
        }
    }

    /// `By/s` → `bytes`, `per`, `second`; units in braces say what is counted and are left out.
    private static func unitWords(_ unit: String) -> [String] {
        guard !unit.isEmpty, unit != "1" else { return [] }
        let parts = unit.split(separator: "/", maxSplits: 1)
        var words: [String] = []
        if let first = parts.first, !first.contains("{") { words += [plural[String(first)] ?? String(first)] }
        if parts.count == 2, !parts[1].contains("{") {
            words += ["per", singular[String(parts[1])] ?? String(parts[1])]
        }
        return words.flatMap { MetricName.words(of: $0, allowsColon: false) }
    }

    private static let plural: [String: String] = [
        "d": "days", "h": "hours", "min": "minutes", "s": "seconds", "ms": "milliseconds", "us": "microseconds",
        "ns": "nanoseconds", "By": "bytes", "KiBy": "kibibytes", "MiBy": "mebibytes", "GiBy": "gibibytes",
        "TiBy": "tibibytes", "KBy": "kilobytes", "MBy": "megabytes", "GBy": "gigabytes", "TBy": "terabytes",
        "m": "meters", "V": "volts", "A": "amperes", "J": "joules", "W": "watts", "g": "grams", "Cel": "celsius",
        "Hz": "hertz", "%": "percent",
    ]

    private static let singular: [String: String] = [
        "s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month", "y": "year",
    ]
}

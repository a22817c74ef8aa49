import Yams

/// One node of a file, with the name and the place that its diagnostics need.
///
/// The readers return `nil` after reporting what was expected, what was found and an example.
struct YAMLValue {
    let node: Node
    /// As shown, such as `tests[1].rps`; empty for the whole file.
    let name: String
    let log: DiagnosticLog
    /// Where it stands in a file that is no YAML; `nil` for one that is.
    var origin: Place?

    var place: Place? { origin ?? node.mark.map(Place.init) }

    /// Where it stands, as artifacts name the source of a limit: `perf-thresholds.yaml:4`.
    var source: String { "\(log.file.split(separator: "/").last ?? ""):\(place?.line ?? 1)" }

    /// `null`, `~` or nothing at all behind the colon.
    var isNull: Bool { YAMLValue.isNull(node) }

    static func isNull(_ node: Node) -> Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// Whether it is a scalar in quotes, which is never a number.
    var isQuoted: Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.style != .plain && scalar.style != .any
    }

    /// The characters of a scalar as written, without its quotes.
    var scalarText: String? {
        guard case .scalar(let scalar) = node else { return nil }
        return scalar.string
    }

    /// What stands there, in words for a diagnostic.
    var found: String {
        if isNull { return "nothing" }
        switch node {
        case .mapping: return "a map"
        case .sequence: return "a list"
        case .alias: return "an alias"
        case .scalar(let scalar):
            if isQuoted { return "text \(scalar.string.quoted)" }
            if Double(scalar.string) != nil { return "the number \(scalar.string)" }
            return scalar.string.quoted
        }
    }

    func error(_ message: String) {
        log.error(at: place, name.isEmpty ? message : "`\(name)`: \(message)")
    }

    func warning(_ message: String) {
        log.warning(at: place, name.isEmpty ? message : "`\(name)`: \(message)")
    }

    /// Reports that something else was expected here.
    func expected(_ what: String, example: String) {
        error("expected \(what), found \(found); example: `\(example)`")
    }

    /// A map whose unknown keys have been reported as warnings.
    func map(_ keys: KnownKeys, example: String) -> YAMLMap? {
        guard case .mapping(let mapping) = node else {
            expected("a map", example: example)
            return nil
        }
        return YAMLMap(mapping, of: self, keys: keys)
    }

    /// A map of a file that others wrote: keys that are not known say nothing.
    func plainMap(example: String) -> YAMLMap? {
        guard case .mapping(let mapping) = node else {
            expected("a map", example: example)
            return nil
        }
        return YAMLMap(mapping, of: self, keys: KnownKeys(known: mapping.keys.compactMap(\.scalar?.string)))
    }

    var isList: Bool {
        guard case .sequence = node else { return false }
        return true
    }

    func list(example: String) -> [YAMLValue]? {
        guard case .sequence(let sequence) = node else {
            expected("a list", example: example)
            return nil
        }
        return sequence.enumerated().map { YAMLValue(node: $1, name: "\(name)[\($0)]", log: log, origin: origin) }
    }

    /// Keys and values of a map whose keys are the user's own, in written order.
    func entries(example: String) -> [(key: String, value: YAMLValue)]? {
        guard case .mapping(let mapping) = node else {
            expected("a map", example: example)
            return nil
        }
        return mapping.compactMap { key, value in
            guard case .scalar(let scalar) = key else { return nil }
            return (scalar.string, YAMLValue(node: value, name: "\(name).\(scalar.string)", log: log, origin: origin))
        }
    }

    /// Text that is not empty; a plain number counts as text, so that `editionId: 2024` is one.
    func text(example: String) -> String? {
        guard let text = scalarText, !isNull, !text.isEmpty else {
            expected("text", example: example)
            return nil
        }
        return text
    }

    /// A finite number inside `range`.
    func number(_ what: String, in range: ClosedRange<Double>, example: String) -> Double? {
        guard let number = plainNumber, range.contains(number) else {
            expected(what, example: example)
            return nil
        }
        return number
    }

    /// A whole number inside `range`.
    func integer<Value: FixedWidthInteger>(_ what: String, in range: ClosedRange<Value>, example: String) -> Value? {
        guard !isQuoted, let text = scalarText, let number = Value(text), range.contains(number) else {
            expected(what, example: example)
            return nil
        }
        return number
    }

    /// A plain decimal number; `nil` without a report for anything else.
    var plainNumber: Double? {
        // Swift's own reader would also take `inf`, `nan` and hexadecimal digits.
        guard !isQuoted, let text = scalarText, text.allSatisfy({ "+-.eE0123456789".contains($0) }),
            let number = Double(text), number.isFinite
        else { return nil }
        return number
    }

    /// One of the words of an enumeration.
    func word<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> Word? where Word.RawValue == String {
        let words = Word.allCases.map(\.rawValue)
        guard let text = scalarText, !isNull else {
            expected("one of " + words.joined(separator: ", "), example: words.first ?? "")
            return nil
        }
        guard let word = Word(rawValue: text) else {
            let hint = NearestWord.to(text, among: words).map { "did you mean `\($0)`? " } ?? ""
            error("unknown word \(text.quoted); \(hint)known: " + words.joined(separator: ", "))
            return nil
        }
        return word
    }
}

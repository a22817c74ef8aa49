/// Reads `expect`: what makes an answer a success.
struct ExpectationReader {
    private static let example = "expect: { status: 200 }"
    private static let keys = KnownKeys(known: ["status", "json", "regex", "size", "schema"])

    let sources: PlanSources
    /// The request whose answers `schema` is about; `nil` when it has been reported as wrong.
    var request: (method: String, path: String)?

    func expectation(_ value: YAMLValue) -> ResponseExpectation? {
        guard let map = value.map(Self.keys, example: Self.example) else { return nil }
        var expectation = ResponseExpectation()
        if let status = map["status"] { expectation.statuses = statuses(status) }
        if let json = map["json"] { expectation.json = paths(json) }
        if let regex = map["regex"] { expectation.patterns = patterns(regex) }
        if let size = map["size"] { expectation.size = self.size(size) }
        if let schema = map["schema"], isTrue(schema) { expectation.schemas = schemas(schema) }
        return expectation
    }

    private func statuses(_ value: YAMLValue) -> Set<Int> {
        let example = "status: [200, 201]"
        let values = value.scalarText == nil ? value.list(example: example) : [value]
        if values?.isEmpty == true { value.error("expected at least one status; example: `\(example)`") }
        return Set(
            (values ?? []).compactMap {
                $0.integer("an HTTP status from 100 to 599", in: 100...599, example: example)
            }
        )
    }

    private func paths(_ value: YAMLValue) -> [JSONExpectation] {
        (value.entries(example: "json: { $.ok: true }") ?? []).compactMap { text, expected in
            guard let path = expected.jsonPath(text, example: "json: { $.ok: true }") else { return nil }
            guard let value = JSONValue(yaml: expected.node) else {
                expected.error("has a key that is not text, or is too large")
                return nil
            }
            return JSONExpectation(path: path, expected: value)
        }
    }

    private func patterns(_ value: YAMLValue) -> [String] {
        let example = "regex: '\"id\": *\\d+'"
        let values = value.isList ? value.list(example: example) ?? [] : [value]
        return values.compactMap { $0.pattern(example: example) }
    }

    private func size(_ value: YAMLValue) -> ClosedRange<Int>? {
        let example = "size: { min: 1KiB, max: 1MiB }"
        if value.scalarText != nil {
            return value.bytes(bareUnit: 1, example: "size: 200").map { $0...$0 }
        }
        guard let map = value.map(KnownKeys(known: ["min", "max"]), example: example) else { return nil }
        var least = 0
        var most = Int.max
        if let value = map["min"] {
            guard let bytes = value.bytes(bareUnit: 1, example: "min: 1KiB") else { return nil }
            least = bytes
        }
        if let value = map["max"] {
            guard let bytes = value.bytes(bareUnit: 1, example: "max: 1MiB") else { return nil }
            most = bytes
        }
        guard least <= most else {
            value.error("`min` is larger than `max`, so no answer fits")
            return nil
        }
        return least...most
    }

    private func isTrue(_ value: YAMLValue) -> Bool { value.flag(example: "schema: true") ?? false }

    private func schemas(_ value: YAMLValue) -> ResponseSchemas? {
        guard let request, !sources.hasBrokenAPI else { return nil }
        guard let api = sources.api else {
            value.error("needs generated.api.yaml, an OpenAPI document, in the project's folder")
            return nil
        }
        do throws(SchemaReader.Fault) {
            var unchecked: Set<String> = []
            let schemas = try api.schemas(of: request.method, request.path, unchecked: &unchecked)
            if !unchecked.isEmpty {
                value.warning("not checked of this schema: \(unchecked.sorted().joined(separator: ", "))")
            }
            return schemas
        } catch {
            value.error(error.reason)
            return nil
        }
    }
}

extension YAMLValue {
    /// `true` or `false`.
    func flag(example: String) -> Bool? {
        switch isQuoted ? nil : scalarText {
        case "true": return true
        case "false": return false
        default:
            expected("true or false", example: example)
            return nil
        }
    }

    /// A path that stands in this value, or is the key of it.
    func jsonPath(_ text: String, example: String) -> JSONPath? {
        do throws(JSONPath.Fault) {
            return try JSONPath(text)
        } catch {
            self.error(
                "\(text.quoted) is no path: expected \(error.expected) at character \(error.offset + 1); "
                    + "example: `\(example)`"
            )
            return nil
        }
    }

    /// A regular expression as `TextPattern` takes it.
    func pattern(example: String) -> String? {
        guard let text = text(example: example) else { return nil }
        do throws(TextPattern.Fault) {
            _ = try TextPattern(text)
            return text
        } catch {
            self.error("\(text.quoted) is no regular expression: \(error.reason); example: `\(example)`")
            return nil
        }
    }
}

/// Reads `body`: text, or a map with one of `json`, `text`, `form` and `file`.
struct BodyReader {
    private static let example = "body: { json: { cart: \"{{uuid}}\" } }"
    private static let kinds = ["json", "text", "form", "file"]

    let sources: PlanSources
    var variables: Set<String> = []

    func body(_ value: YAMLValue) -> RequestBody? {
        if value.scalarText != nil, !value.isNull { return text(value).map(RequestBody.text) }
        guard let map = value.map(KnownKeys(known: Self.kinds), example: Self.example) else { return nil }
        let given = Self.kinds.filter { map[$0] != nil }
        guard given.count == 1, let content = map[given[0]] else {
            value.error("expected one of `json`, `text`, `form` and `file`; example: `\(Self.example)`")
            return nil
        }
        switch given[0] {
        case "json": return json(content)
        case "form": return form(content)
        case "file": return file(content)
        default:
            guard content.scalarText != nil, !content.isNull else {
                content.expected("text", example: "body: { text: hello }")
                return nil
            }
            return text(content).map(RequestBody.text)
        }
    }

    private func text(_ value: YAMLValue) -> String? {
        guard let text = value.scalarText, let expanded = sources.expand(text, for: value),
            sources.checkTemplates(in: expanded, variables, for: value)
        else { return nil }
        return expanded
    }

    private func json(_ value: YAMLValue) -> RequestBody? {
        let text = JSONText.text(of: value) { sources.expand($0, for: value) }
        guard let text, sources.checkTemplates(in: text, variables, for: value) else { return nil }
        return .json(text)
    }

    private func form(_ value: YAMLValue) -> RequestBody? {
        let example = "body: { form: { name: Ada, quantity: 3 } }"
        guard let entries = value.entries(example: example) else { return nil }
        var fields: [FormField] = []
        for (name, entry) in entries {
            guard entry.scalarText != nil, !entry.isNull else {
                entry.expected("text", example: example)
                return nil
            }
            guard let text = text(entry) else { return nil }
            fields.append(FormField(name: name, value: text))
        }
        return .form(fields)
    }

    private func file(_ value: YAMLValue) -> RequestBody? {
        guard let contents = sources.files.contents(value, example: "body: { file: picture.png }") else { return nil }
        return .file(path: value.scalarText ?? "", contents: contents)
    }
}

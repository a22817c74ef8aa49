/// Reads `auth`: `{ bearer: TOKEN }` or `{ basic: { user: NAME, password: WORD } }`, as an `Authorization` header.
struct AuthReader {
    private static let example = "auth: { bearer: \"${TOKEN}\" }"
    private static let basicExample = "auth: { basic: { user: load, password: \"${PASSWORD}\" } }"

    let sources: PlanSources
    var variables: Set<String> = []

    func header(_ value: YAMLValue) -> HeaderField? {
        guard let map = value.map(KnownKeys(known: ["bearer", "basic"]), example: Self.example) else { return nil }
        switch (map["bearer"], map["basic"]) {
        case (let token?, nil): return word(token, Self.example).map { field("Bearer \($0)") }
        case (nil, let basic?): return self.basic(basic)
        case (nil, nil), (_?, _?):
            value.error("expected either `bearer` or `basic`; example: `\(Self.example)`")
            return nil
        }
    }

    private func basic(_ value: YAMLValue) -> HeaderField? {
        guard let map = value.map(KnownKeys(known: ["user", "password"]), example: Self.basicExample) else {
            return nil
        }
        let user = map.required("user", example: Self.basicExample)
        let password = map.required("password", example: Self.basicExample)
        guard let user, let password, let name = word(user, Self.basicExample),
            let secret = word(password, Self.basicExample, allowsEmpty: true)
        else { return nil }
        // RFC 7617: the first colon ends the name.
        guard !name.contains(":") else {
            user.error("a name for basic authentication holds no colon")
            return nil
        }
        guard !(name + secret).contains("{{") else {
            value.error("templates cannot be filled in here; write an Authorization header instead")
            return nil
        }
        let encoded = Base64.encode(Array("\(name):\(secret)".utf8))
        sources.addSecret(encoded)
        return field("Basic \(encoded)")
    }

    private func word(_ value: YAMLValue, _ example: String, allowsEmpty: Bool = false) -> String? {
        guard let text = value.scalarText, !value.isNull, allowsEmpty || !text.isEmpty else {
            value.expected("text", example: example)
            return nil
        }
        guard let expanded = sources.expand(text, for: value) else { return nil }
        guard expanded.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            value.error("holds no control characters")
            return nil
        }
        guard sources.checkTemplates(in: expanded, variables, for: value) else { return nil }
        return expanded
    }

    private func field(_ value: String) -> HeaderField { HeaderField(name: "Authorization", value: value) }
}

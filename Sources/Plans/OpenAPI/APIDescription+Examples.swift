/// What a first test of a described service needs: addresses that can be asked as they are.
extension APIDescription {
    /// One operation with everything it requires filled in.
    struct SampleRequest: Hashable {
        var method = "GET"
        /// With example values in its path and query.
        var path: String
        /// As the document has it.
        var template: String
        /// What had to be made up, by name; empty where the document says enough.
        var guessed: [String]
        /// JSON on one line; `nil` where none is sent.
        var body: String?
    }

    /// A larger body is better kept in a file of its own.
    private static let bodyLimit = 2000

    /// GET operations, those without required parameters first, then by how little had to be made up.
    ///
    /// Operations that need a header or a cookie are left out.
    var sampleRequests: [SampleRequest] {
        let found = paths.compactMap { template, item -> (request: SampleRequest, required: Int)? in
            guard let operation = item["get"] else { return nil }
            let parameters = [item, operation].flatMap { $0["parameters"]?.elements ?? [] }.map(followed)
            return sample(template, parameters)
        }
        return found.sorted {
            ($0.required, $0.request.guessed.count, $0.request.template)
                < ($1.required, $1.request.guessed.count, $1.request.template)
        }
        .map(\.request)
    }

    /// POST, PUT and PATCH operations that take JSON, each with a body that its schema would accept.
    ///
    /// They change what the service keeps, so nobody sends them unasked.
    var sampleWrites: [SampleRequest] {
        paths.sorted { $0.key < $1.key }.flatMap { template, item in
            ["post", "put", "patch"].compactMap { method -> SampleRequest? in
                guard let operation = item[method], let body = body(of: operation) else { return nil }
                let parameters = [item, operation].flatMap { $0["parameters"]?.elements ?? [] }.map(followed)
                guard var request = sample(template, parameters)?.request else { return nil }
                request.method = method.uppercased()
                request.body = body
                return request
            }
        }
    }

    /// The first absolute server address.
    var serverURL: String? {
        (document["servers"]?.elements ?? []).lazy.compactMap { $0["url"]?.text }
            .first { $0.hasPrefix("http://") || $0.hasPrefix("https://") }
    }

    /// The document's own name for the service.
    var title: String? { document["info"]?["title"]?.text }

    private func sample(
        _ template: String,
        _ parameters: [JSONValue]
    ) -> (request: SampleRequest, required: Int)? {
        var path = template
        var query: [String] = []
        var guessed: [String] = []
        var required = 0
        for parameter in parameters {
            guard let name = parameter["name"]?.text,
                parameter["required"] == .bool(true) || parameter["in"]?.text == "path"
            else { continue }
            required += 1
            let (value, isKnown) = example(of: parameter)
            if !isKnown { guessed.append(name) }
            switch parameter["in"]?.text {
            case "path": path = path.replacing("{\(name)}", with: value)
            case "query": query.append("\(name)=\(value)")
            default: return nil
            }
        }
        // A path with a name that no parameter describes cannot be asked.
        guard !path.replacing(/\{\{[^}]*\}\}/, with: "").contains("{") else { return nil }
        if !query.isEmpty { path += "?" + query.joined(separator: "&") }
        return (SampleRequest(path: path, template: template, guessed: guessed), required)
    }

    private func body(of operation: JSONValue) -> String? {
        guard let content = operation["requestBody"].map(followed)?["content"]?.members else { return nil }
        let media = content.sorted { $0.key < $1.key }.first { type, _ in
            let name = type.prefix { $0 != ";" }.lowercased()
            return name == "application/json" || name.hasSuffix("+json")
        }
        guard let media = media?.value else { return nil }
        let named = media["examples"]?.members?.sorted { $0.key < $1.key }.first.map { followed($0.value) }?["value"]
        let schema = media["schema"].flatMap { SchemaExample.value($0, in: document) }
        guard let value = media["example"] ?? named ?? schema else { return nil }
        let text = value.compactText
        return text.utf8.count <= Self.bodyLimit ? text : nil
    }

    private func example(of parameter: JSONValue) -> (text: String, isKnown: Bool) {
        let schema = parameter["schema"].map(followed)
        let candidates = [
            parameter["example"], parameter["examples"]?.members?.sorted { $0.key < $1.key }.first?.value["value"],
            schema?["example"], schema?["examples"]?.elements?.first, schema?["default"],
            schema?["enum"]?.elements?.first,
            schema?["const"],
        ]
        for case let candidate? in candidates {
            if let text = candidate.scalarText, Self.isPlain(text) { return (text, true) }
        }
        switch (schema?["type"]?.text, schema?["format"]?.text) {
        case (_, "uuid"): return ("{{uuid}}", false)
        case ("integer", _), ("number", _):
            let least = schema?["minimum"]?.scalarText.flatMap(Double.init) ?? 1
            let most = schema?["maximum"]?.scalarText.flatMap(Double.init) ?? max(least, 100)
            guard least < most, abs(least) < 1e9, abs(most) < 1e9 else { return ("\(Int(min(least, 1e9)))", false) }
            return ("{{random \(Int(least.rounded(.up))) \(Int(most.rounded(.down)))}}", false)
        case ("boolean", _): return ("true", true)
        default: return ("example", false)
        }
    }

    private func followed(_ value: JSONValue) -> JSONValue {
        guard let reference = value["$ref"]?.text else { return value }
        return (try? SchemaReader.target(of: reference, in: document)) ?? value
    }

    /// Addresses that can be asked; extensions (`x-…`) and mistakes are none.
    private var paths: [String: JSONValue] {
        (document["paths"]?.members ?? [:]).filter { path, _ in
            path.hasPrefix("/") && path.utf8.count <= 1000
                && path.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
        }
    }

    /// Whether it may stand in an address, and in YAML, without another word.
    private static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 64
            && text.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic && $0.isASCII || "0123456789-_.~".unicodeScalars.contains($0)
            }
    }
}

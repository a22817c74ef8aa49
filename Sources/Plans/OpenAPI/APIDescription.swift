/// `generated.api.yaml`: an OpenAPI 3.0 or 3.1 document, as far as its answers go.
struct APIDescription {
    static let example = "openapi: 3.1.0"
    private static let methods: Set<String> = ["get", "head", "post", "put", "patch", "delete", "options"]

    let document: JSONValue

    /// `nil` after reporting that the file is no such document.
    init?(_ root: YAMLValue) {
        guard let document = JSONValue(yaml: root.node) else {
            root.error("has a key that is not text, or is too large")
            return nil
        }
        guard let version = document["openapi"]?.scalarText ?? document["asyncapi"]?.scalarText else {
            root.error("is no OpenAPI document: `openapi` is missing; example: `\(APIDescription.example)`")
            return nil
        }
        guard document["asyncapi"] != nil || version.hasPrefix("3") else {
            root.error(
                "OpenAPI \(version.quoted) is not read; expected 3.0 or 3.1; example: `\(APIDescription.example)`"
            )
            return nil
        }
        self.document = document
    }

    /// `METHOD /path` of every operation, sorted by path.
    var endpoints: [String] {
        (document["paths"]?.members ?? [:]).sorted { $0.key < $1.key }.flatMap { path, item in
            (item.members ?? [:]).keys.filter(APIDescription.methods.contains).sorted().map {
                "\($0.uppercased()) \(path)"
            }
        }
    }

    /// The answers of the operation that serves a request, or why there are none.
    func schemas(
        of method: String,
        _ path: String,
        unchecked: inout Set<String>
    ) throws(SchemaReader.Fault) -> ResponseSchemas {
        let operation = try operation(method, path)
        guard let responses = operation["responses"]?.members, !responses.isEmpty else {
            throw SchemaReader.Fault(reason: "\(method) \(path) describes no answers")
        }
        var byStatus: [String: JSONSchema?] = [:]
        var reader = SchemaReader(document: document)
        for (status, response) in responses {
            let described = try followed(response)
            let content = described["content"]?.members ?? [:]
            let media = content.keys.sorted().first(where: APIDescription.isJSON).flatMap { content[$0] }
            guard let schema = media?["schema"] else {
                byStatus.updateValue(nil, forKey: status.uppercasedStatus)
                continue
            }
            byStatus.updateValue(try reader.schema(schema), forKey: status.uppercasedStatus)
        }
        unchecked.formUnion(reader.unchecked)
        return ResponseSchemas(byStatus: byStatus)
    }

    private func operation(_ method: String, _ path: String) throws(SchemaReader.Fault) -> JSONValue {
        let paths = document["paths"]?.members ?? [:]
        let wanted = path.prefix { $0 != "?" }
        let matching = paths.keys.filter { APIDescription.matches($0, String(wanted)) }
        // Of several the one with the fewest parameters, as OpenAPI prefers concrete paths.
        let best = matching.min { ($0.count { $0 == "{" }, $0) < ($1.count { $0 == "{" }, $1) }
        guard let best, let item = paths[best] else {
            let hint =
                NearestWord.to(String(wanted), among: paths.keys.sorted()).map { "; did you mean `\($0)`?" } ?? ""
            throw SchemaReader.Fault(reason: "generated.api.yaml has no path \(String(wanted).quoted)\(hint)")
        }
        guard let operation = try followed(item)[method.lowercased()] else {
            let known = (item.members ?? [:]).keys.filter(APIDescription.methods.contains).sorted()
            let names = known.map { $0.uppercased() }.joined(separator: ", ")
            throw SchemaReader.Fault(reason: "generated.api.yaml has no \(method) for `\(best)`; it has \(names)")
        }
        return operation
    }

    private func followed(_ value: JSONValue) throws(SchemaReader.Fault) -> JSONValue {
        guard let reference = value["$ref"]?.text else { return value }
        return try SchemaReader.target(of: reference, in: document)
    }

    private static func isJSON(_ mediaType: String) -> Bool {
        let type = mediaType.prefix { $0 != ";" }.lowercased()
        return type == "application/json" || type.hasSuffix("+json") || type == "*/*"
    }

    /// `/orders/{id}` serves `/orders/7` and `/orders/{{random 1 9}}`.
    private static func matches(_ template: String, _ path: String) -> Bool {
        let plain = path.replacing(/\{\{[^}]*\}\}/, with: "\u{1}")
        let names = template.split(separator: "/", omittingEmptySubsequences: false)
        let parts = plain.split(separator: "/", omittingEmptySubsequences: false)
        return names.count == parts.count
            && zip(names, parts).allSatisfy { name, part in name == part || (name.contains("{") && !part.isEmpty) }
    }
}

extension String {
    /// `2xx` and `2XX` are the same.
    fileprivate var uppercasedStatus: String { self == "default" ? self : uppercased() }
}

import Plans

/// The bytes of a request's body, and the type that says what they are.
struct BodyTemplate: Sendable {
    /// `nil` without a body.
    let type: String?
    /// What every request gets; empty when `template` is there.
    let constant: [UInt8]
    let template: TextTemplate?

    init(
        _ body: RequestBody?,
        template: (String, TextTemplate.Context, Bool) throws(LoadError) -> TextTemplate
    ) throws(LoadError) {
        switch body {
        case nil: self.init(type: nil, constant: [])
        case .text(let text):
            self.init(type: "text/plain; charset=utf-8", text, try template(text, .text, false))
        case .json(let text):
            self.init(type: "application/json", text, try template(text, .json, false))
        case .form(let fields):
            // Names have no templates; joined, names and values make one.
            var pieces: [TextTemplate] = []
            for (index, field) in fields.enumerated() {
                let name = TextTemplate.Context.form.encoded(Array(field.name.utf8))
                let lead = (index == 0 ? "" : "&") + String(decoding: name, as: UTF8.self) + "="
                pieces.append(TextTemplate(literal: lead))
                pieces.append(try template(field.value, .form, false))
            }
            let joined = TextTemplate(joining: pieces)
            self.init(
                type: "application/x-www-form-urlencoded",
                constant: joined.constant ?? [],
                template: joined.constant == nil ? joined : nil
            )
        case .file(let path, let contents):
            self.init(type: BodyTemplate.type(ofFile: path), constant: contents)
        }
    }

    private init(type: String?, _ text: String, _ template: TextTemplate) {
        self.init(
            type: type,
            constant: template.isConstant ? Array(text.utf8) : [],
            template: template.isConstant ? nil : template
        )
    }

    private init(type: String?, constant: [UInt8], template: TextTemplate? = nil) {
        self.type = type
        self.constant = constant
        self.template = template
    }

    private static func type(ofFile path: String) -> String {
        switch path.split(separator: ".").last?.lowercased() {
        case "json": "application/json"
        case "xml": "application/xml"
        case "txt": "text/plain; charset=utf-8"
        case "csv": "text/csv"
        case "html": "text/html"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "pdf": "application/pdf"
        default: "application/octet-stream"
        }
    }
}

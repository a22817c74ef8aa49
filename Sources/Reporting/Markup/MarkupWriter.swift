/// Writes XML and HTML elements, escaping all that is not markup of our own.
///
/// Element and attribute names are ours, never from telemetry. The output is valid as XML and as inline SVG in HTML.
package struct MarkupWriter {
    package private(set) var text = ""
    private var open: [String] = []

    package init() {}

    /// An element with content written by `content`.
    package mutating func element(
        _ name: String,
        _ attributes: KeyValuePairs<String, String> = [:],
        content: (inout MarkupWriter) -> Void
    ) {
        start(name, attributes)
        content(&self)
        end()
    }

    /// An element that holds text alone, or nothing.
    package mutating func element(
        _ name: String,
        _ attributes: KeyValuePairs<String, String> = [:],
        _ content: String = ""
    ) {
        writeTag(name, attributes)
        text += content.isEmpty ? "/>" : ">\(MarkupWriter.escape(content))</\(name)>"
    }

    package mutating func start(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) {
        writeTag(name, attributes)
        text += ">"
        open.append(name)
    }

    /// Closes the element opened last.
    package mutating func end() {
        guard let name = open.popLast() else { return }
        text += "</\(name)>"
    }

    /// Ends a line between elements, for readable goldens and diffs.
    package mutating func newline() { text += "\n" }

    /// Text that is markup already and ours.
    package mutating func raw(_ markup: String) { text += markup }

    private mutating func writeTag(_ name: String, _ attributes: KeyValuePairs<String, String>) {
        text += "<" + name
        // What a script reads is left out where there is nothing to read.
        for (key, value) in attributes where !(value.isEmpty && key.hasPrefix("data-")) {
            text += " \(key)=\"\(MarkupWriter.escape(value))\""
        }
    }

    /// Escapes by scalar, so that no combining mark hides a quote, and drops what XML 1.0 forbids.
    package static func escape(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": output.append(contentsOf: "&lt;".unicodeScalars)
            case ">": output.append(contentsOf: "&gt;".unicodeScalars)
            case "&": output.append(contentsOf: "&amp;".unicodeScalars)
            case "\"": output.append(contentsOf: "&quot;".unicodeScalars)
            case "'": output.append(contentsOf: "&#39;".unicodeScalars)
            case "\t", "\n": output.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": continue
            default: output.append(scalar)
            }
        }
        return String(output)
    }
}

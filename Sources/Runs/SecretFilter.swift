import Curl
import FoundationEssentials
import Reporting

/// Blots values of the environment out of what a run leaves.
///
/// No artifact is given a header, a cookie or a body to begin with; this catches what comes back, such as a target that
/// writes a token into a span, a message or its log. Values shorter than six bytes are left alone: they would match
/// everywhere.
struct SecretFilter: Sendable {
    private static let shortest = 6
    private static let blot = Array("***".utf8)

    /// Each secret in every form in which it may be written, the longest first.
    private let forms: [[UInt8]]

    init(_ secrets: Set<String>) {
        var forms: Set<[UInt8]> = []
        for secret in secrets where secret.utf8.count >= SecretFilter.shortest {
            forms.formUnion(SecretFilter.forms(of: secret).map { Array($0.utf8) })
        }
        self.forms = forms.sorted { $0.count != $1.count ? $0.count > $1.count : $0.lexicographicallyPrecedes($1) }
    }

    func filtered(_ artifact: Artifact) -> Artifact {
        guard let contents = filtered(artifact.contents) else { return artifact }
        return Artifact(path: artifact.path, contents: contents)
    }

    func filtered(_ text: String) -> String {
        filtered(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// Rewrites a file that holds a secret; one that cannot be rewritten is emptied.
    func filter(file path: String) {
        guard !forms.isEmpty, let data = FileManager.default.contents(atPath: path),
            let clean = filtered([UInt8](data))
        else { return }
        if (try? Data(clean).write(to: URL(filePath: path))) == nil {
            try? Data().write(to: URL(filePath: path))
        }
    }

    /// `nil` when there is nothing to blot out.
    private func filtered(_ bytes: [UInt8]) -> [UInt8]? {
        var clean = bytes
        var hasChanged = false
        for form in forms {
            guard let replaced = SecretFilter.replacing(form, in: clean) else { continue }
            clean = replaced
            hasChanged = true
        }
        return hasChanged ? clean : nil
    }

    private static func replacing(_ form: [UInt8], in bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count >= form.count else { return nil }
        var result: [UInt8] = []
        var copied = 0
        var position = 0
        let last = bytes.count - form.count
        bytes.withUnsafeBufferPointer { buffer in
            while position <= last {
                if buffer[position] == form[0], buffer[position..<(position + form.count)].elementsEqual(form) {
                    result.append(contentsOf: buffer[copied..<position])
                    result.append(contentsOf: blot)
                    position += form.count
                    copied = position
                } else {
                    position += 1
                }
            }
        }
        guard copied > 0 else { return nil }
        result.append(contentsOf: bytes[copied...])
        return result
    }

    /// As it is, and as JSON, HTML and URLs write it.
    private static func forms(of secret: String) -> [String] {
        var json = ""
        var html = ""
        for scalar in secret.unicodeScalars {
            switch scalar {
            case "\"", "\\": json += "\\\(scalar)"
            default: json.unicodeScalars.append(scalar)
            }
            switch scalar {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case "'": html += "&#39;"
            default: html.unicodeScalars.append(scalar)
            }
        }
        return [secret, json, html, PercentEncoding.text(secret)]
    }
}

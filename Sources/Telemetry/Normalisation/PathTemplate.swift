/// Replaces what varies in paths and names with `{id}`, so that they group.
package enum PathTemplate {
    /// Deeper levels become `*`.
    private static let segmentLimit = 8
    private static let byteLimit = 200

    /// The template of a path, a request target or a URL: no scheme, host, query or fragment; `/users/42` becomes
    /// `/users/{id}`.
    package static func path(_ raw: String) -> String {
        let path = URLParts(raw).path
        var result = ""
        var segments = 0
        for segment in path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true) {
            // A matrix parameter (`;jsessionid=…`) is per user.
            let bare = segment.prefix { $0 != UInt8(ascii: ";") }
            let templated = template(Array(bare))
            guard segments < segmentLimit, result.utf8.count + templated.utf8.count < byteLimit else {
                return result + "/*"
            }
            result += "/" + templated
            segments += 1
        }
        return result.isEmpty ? "/" : result
    }

    /// The template of a span name: paths in it as by `path`, and words that are nothing but an identifier as `{id}`.
    package static func name(_ raw: String) -> String {
        let words = Redaction.redacted(raw).split(separator: " ", omittingEmptySubsequences: true).map { word in
            if word.first == "/" || URLParts.hasScheme(Array(word.utf8)) { return path(String(word)) }
            let parts = word.split(separator: "/", omittingEmptySubsequences: false)
            return parts.map { IdentifierShape.isCertain(Array($0.utf8)) ? "{id}" : String($0) }.joined(separator: "/")
        }
        return words.joined(separator: " ").prefix(utf8: byteLimit)
    }

    private static func template(_ segment: [UInt8]) -> String {
        let decoded = percentDecoded(segment)
        if IdentifierShape.isPlaceholder(decoded) { return String(decoding: segment, as: UTF8.self) }
        if IdentifierShape.isLikely(decoded) { return "{id}" }
        if let dot = fileExtensionDot(of: decoded), IdentifierShape.isLikely(Array(decoded[..<dot])) {
            return "{id}" + String(decoding: decoded[dot...], as: UTF8.self)
        }
        return String(decoding: segment, as: UTF8.self)
    }

    /// Where `.ext` begins: one to five letters and digits, a letter first, after a name.
    private static func fileExtensionDot(of segment: [UInt8]) -> Int? {
        guard let dot = segment.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return nil }
        let suffix = segment[(dot + 1)...]
        guard (1...5).contains(suffix.count), suffix.first?.isLetter == true else { return nil }
        return suffix.allSatisfy { $0.isLetter || $0.isDigit } ? dot : nil
    }

    private static func percentDecoded(_ segment: [UInt8]) -> [UInt8] {
        guard segment.contains(UInt8(ascii: "%")) else { return segment }
        var result: [UInt8] = []
        var index = 0
        while index < segment.count {
            if segment[index] == UInt8(ascii: "%"), index + 2 < segment.count,
                let high = segment[index + 1].hexValue, let low = segment[index + 2].hexValue
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(segment[index])
                index += 1
            }
        }
        return result
    }
}

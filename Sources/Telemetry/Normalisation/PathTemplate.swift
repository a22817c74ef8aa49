/// Replaces what varies in paths and names with `{id}`, so that they group.
package enum PathTemplate {
    /// Deeper levels become `*`.
    private static let segmentLimit = 8
    private static let byteLimit = 200

    /// The template of a path, a request target or a URL: no scheme, host, query or fragment; `/users/42` becomes
    /// `/users/{id}`.
    package static func path(_ raw: String) -> String {
        var output: [UInt8] = []
        raw.withBytes { append(path: $0, to: &output) }
        return String(decoding: output, as: UTF8.self)
    }

    /// Room for any template that `plain` makes.
    package static var plainBytes: Int { byteLimit }

    /// What `path` gives for these bytes, if they are a path of a few words and whole numbers, as nearly all are; `nil` for
    /// any other text, which `append` is for.
    ///
    /// Writes to `output`, of `plainBytes`, and returns how many bytes. One pass, since paths differ in almost every span.
    package static func plain(path: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Int? {
        // Each `{id}` may be four bytes longer than what it stands for.
        guard path.count + 4 * segmentLimit + 2 <= byteLimit, path.first == UInt8(ascii: "/"),
            let target = output.baseAddress
        else { return nil }
        // Once: to find it again for every byte would cost more than what is done with it.
        let table = CharacterClasses.table
        var classes = CharacterClasses()
        // `start` is where the segment at hand begins, its slash included.
        var (index, written, start, segments) = (0, 0, 0, 0)
        while true {
            let byte = index < path.count ? path[index] : UInt8(ascii: "?")
            let byteClasses = table[Int(byte)]
            if !CharacterClasses.isDelimiter(byteClasses) {
                classes.add(byteClasses)
                target.storeBytes(of: byte, toByteOffset: written, as: UInt8.self)
                written += 1
                index += 1
                continue
            }
            if classes.isEmpty {
                // An empty segment leaves no slash.
                written = start
            } else if classes.isInteger {
                target.storeBytes(of: idMark, toByteOffset: start + 1, as: UInt32.self)
                written = start + 5
            } else if !classes.isPlain {
                return nil
            }
            if written > start { segments += 1 }
            guard segments <= segmentLimit else { return nil }
            guard byte == UInt8(ascii: "/") else { return max(1, written) }
            start = written
            classes = CharacterClasses()
            target.storeBytes(of: byte, toByteOffset: written, as: UInt8.self)
            written += 1
            index += 1
        }
    }

    /// `{id}` as it lies in memory.
    private static var idMark: UInt32 { UInt32(bigEndian: 0x7B69_647D) }

    /// Appends what `path` gives for these bytes; allocates nothing but room in `output`.
    ///
    /// Paths differ in almost every span, so this is the one rule that runs once a span.
    package static func append(path raw: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        raw.withMemoryRebound(to: UInt8.self) { append(path: $0[...], to: &output) }
    }

    private static func append(path raw: ByteText, to output: inout [UInt8]) {
        let path = URLParts(raw).path
        let start = output.count
        var segments = 0
        var index = path.startIndex
        while index < path.endIndex {
            let end = path[index...].firstIndex(of: UInt8(ascii: "/")) ?? path.endIndex
            let segment = path[index..<end]
            index = end + 1
            if segment.isEmpty { continue }
            let mark = output.count
            output.append(UInt8(ascii: "/"))
            append(segment: segment, to: &output)
            guard segments < segmentLimit, output.count - start <= byteLimit else {
                output.removeSubrange(mark...)
                output += "/*".utf8
                return
            }
            segments += 1
        }
        if output.count == start { output.append(UInt8(ascii: "/")) }
    }

    /// The template of a span name: paths in it as by `path`, and words that are nothing but an identifier as `{id}`.
    package static func name(_ raw: String) -> String {
        let words = Redaction.redacted(raw).split(separator: " ", omittingEmptySubsequences: true).map { word in
            if word.first == "/" || String(word).withBytes(URLParts.hasScheme) { return path(String(word)) }
            let parts = word.split(separator: "/", omittingEmptySubsequences: false)
            return parts.map { String($0).withBytes(IdentifierShape.isCertain) ? "{id}" : String($0) }
                .joined(separator: "/")
        }
        return words.joined(separator: " ").prefix(utf8: byteLimit)
    }

    private static func append(segment: ByteText, to output: inout [UInt8]) {
        let classes = CharacterClasses(segment)
        if classes.isPlain {
            output += segment
        } else if classes.isInteger {
            append(id: &output)
        } else {
            // A matrix parameter (`;jsessionid=…`) is per user.
            append(template: segment.prefix { $0 != UInt8(ascii: ";") }, to: &output)
        }
    }

    private static func append(id output: inout [UInt8]) {
        output.append(UInt8(ascii: "{"))
        output.append(UInt8(ascii: "i"))
        output.append(UInt8(ascii: "d"))
        output.append(UInt8(ascii: "}"))
    }

    private static func append(template segment: ByteText, to output: inout [UInt8]) {
        guard segment.contains(UInt8(ascii: "%")) else {
            append(template: segment, shownAs: segment, to: &output)
            return
        }
        percentDecoded(segment).withUnsafeBufferPointer { append(template: $0[...], shownAs: segment, to: &output) }
    }

    private static func append(template decoded: ByteText, shownAs segment: ByteText, to output: inout [UInt8]) {
        if IdentifierShape.isPlaceholder(decoded) {
            output += segment
        } else if IdentifierShape.isLikely(decoded) {
            append(id: &output)
        } else if let dot = fileExtensionDot(of: decoded), IdentifierShape.isLikely(decoded[..<dot]) {
            append(id: &output)
            output += decoded[dot...]
        } else {
            output += segment
        }
    }

    /// Where `.ext` begins: one to five letters and digits, a letter first, after a name.
    private static func fileExtensionDot(of segment: ByteText) -> Int? {
        guard let dot = segment.lastIndex(of: UInt8(ascii: ".")), dot > segment.startIndex else { return nil }
        let suffix = segment[(dot + 1)...]
        guard (1...5).contains(suffix.count), suffix.first?.isLetter == true else { return nil }
        return suffix.allSatisfy { $0.isLetter || $0.isDigit } ? dot : nil
    }

    private static func percentDecoded(_ segment: ByteText) -> [UInt8] {
        var result: [UInt8] = []
        var index = segment.startIndex
        while index < segment.endIndex {
            if segment[index] == UInt8(ascii: "%"), index + 2 < segment.endIndex,
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

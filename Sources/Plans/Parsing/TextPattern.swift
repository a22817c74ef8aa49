import Glibc

/// A compiled regular expression: POSIX extended syntax, with `\d`, `\w`, `\s` and their opposites.
///
/// glibc matches without backtracking as long as there are no back references (which are refused), so an answer cannot
/// make it slow. Owned by one thread at a time: glibc locks a pattern while it is used.
package final class TextPattern {
    /// Why a text is no pattern.
    package struct Fault: Error, Hashable {
        package var reason: String
    }

    private let compiled: UnsafeMutablePointer<regex_t>
    private let hasGroups: Bool

    package init(_ text: String) throws(Fault) {
        let pattern = try TextPattern.translated(text)
        compiled = .allocate(capacity: 1)
        compiled.initialize(to: regex_t())
        let code = regcomp(compiled, pattern, REG_EXTENDED)
        guard code == 0 else {
            var words = [CChar](repeating: 0, count: 128)
            regerror(code, compiled, &words, words.count)
            compiled.deallocate()
            throw Fault(reason: words.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" })
        }
        hasGroups = compiled.pointee.re_nsub > 0
    }

    deinit {
        regfree(compiled)
        compiled.deallocate()
    }

    package func matches(_ bytes: [UInt8]) -> Bool { match(bytes) != nil }

    /// The first group of the first match, or all of it when the pattern has no group.
    package func capture(in bytes: [UInt8]) -> [UInt8]? {
        guard let (whole, group) = match(bytes) else { return nil }
        let chosen = hasGroups ? group : whole
        guard chosen.rm_so >= 0 else { return nil }
        return Array(bytes[Int(chosen.rm_so)..<Int(chosen.rm_eo)])
    }

    private func match(_ bytes: [UInt8]) -> (whole: regmatch_t, group: regmatch_t)? {
        // Bytes may hold zeros, so their end is told instead of marked.
        var places = [regmatch_t(rm_so: 0, rm_eo: regoff_t(clamping: bytes.count)), regmatch_t()]
        let flags = Int32(1 << 2)  // REG_STARTEND, a macro that Swift does not see.
        let code = bytes.withUnsafeBytes { buffer -> Int32 in
            guard let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self) else {
                return regexec(compiled, "", places.count, &places, flags)
            }
            return regexec(compiled, base, places.count, &places, flags)
        }
        return code == 0 ? (places[0], places[1]) : nil
    }

    private static let classes: [Character: (plain: String, bracketed: String?)] = [
        "d": ("[0-9]", "0-9"), "D": ("[^0-9]", nil), "w": ("[A-Za-z0-9_]", "A-Za-z0-9_"),
        "W": ("[^A-Za-z0-9_]", nil), "s": ("[[:space:]]", "[:space:]"), "S": ("[^[:space:]]", nil),
    ]

    // POSIX gives other meanings to what other dialects write, or none; both would surprise.
    private static func translated(_ text: String) throws(Fault) -> String {
        guard !text.isEmpty else { throw Fault(reason: "the pattern is empty") }
        guard !text.utf8.contains(0) else { throw Fault(reason: "a pattern holds no zero byte") }
        var pattern = ""
        var isInBrackets = false
        var isQuantified = false
        var rest = text[...]
        while let character = rest.popFirst() {
            if character == "\\" {
                guard let escaped = rest.popFirst() else { throw Fault(reason: "the pattern ends with a backslash") }
                if escaped.isNumber { throw Fault(reason: "back references such as \\1 are not supported") }
                if let set = classes[escaped] {
                    guard let words = isInBrackets ? set.bracketed : set.plain else {
                        throw Fault(reason: "\\\(escaped) cannot stand inside brackets")
                    }
                    pattern += words
                } else if isInBrackets {
                    // In brackets a backslash is itself; what would mean something else there is a collating symbol.
                    pattern += "]^-[".contains(escaped) ? "[.\(escaped).]" : String(escaped)
                } else if escaped.isLetter {
                    guard let control = ["n": "\n", "t": "\t", "r": "\r", "b": "\\b"][escaped] else {
                        throw Fault(reason: "\\\(escaped) is not supported")
                    }
                    pattern += control
                } else {
                    pattern += "\\\(escaped)"
                }
                isQuantified = false
                continue
            }
            if !isInBrackets, "*+?}".contains(character) {
                if isQuantified {
                    throw Fault(reason: "lazy and possessive repetition (`*?`, `++`) is not supported")
                }
                isQuantified = true
            } else {
                isQuantified = false
            }
            if !isInBrackets, character == "(", rest.first == "?" {
                throw Fault(reason: "groups that start with `(?` are not supported")
            }
            if !isInBrackets, character == "[" {
                isInBrackets = true
                pattern += "["
                if rest.first == "^" { pattern.append(rest.removeFirst()) }
                if rest.first == "]" { pattern.append(rest.removeFirst()) }
                continue
            }
            if isInBrackets, character == "[", rest.first == ":", let end = rest.firstRange(of: ":]") {
                pattern += "[" + rest[..<end.upperBound]
                rest = rest[end.upperBound...]
                continue
            }
            if isInBrackets, character == "]" { isInBrackets = false }
            pattern.append(character)
        }
        return pattern
    }
}

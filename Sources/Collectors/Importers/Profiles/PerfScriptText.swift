import Telemetry

/// The text of `perf script`: a header line an event, then its frames, innermost first, then an empty line.
enum PerfScriptText {
    /// Whether text begins as an event does: a header that does not begin with a space, then indented frames.
    static func matches(_ lines: [Substring]) -> Bool {
        let lines = lines.drop { $0.hasPrefix("#") || $0.isEmpty }
        guard let header = lines.first, !header.hasPrefix(" "), !header.hasPrefix("\t"), header.contains(":"),
            let next = lines.dropFirst().first
        else { return false }
        return frame(next) != nil
    }

    /// Events without a stack count as their command alone.
    static func read(_ text: Substring) -> StackProfile {
        var profile = StackProfile()
        var command: String?
        var frames: [StackProfile.Frame] = []
        func finish() {
            guard let name = command else { return }
            profile.add([StackProfile.Frame(name: name)] + frames.reversed(), weight: 1)
            command = nil
            frames.removeAll(keepingCapacity: true)
        }
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.hasPrefix("#") { continue }
            if line.allSatisfy(\.isWhitespace) {
                finish()
            } else if let frame = frame(line) {
                frames.append(frame)
            } else {
                finish()
                command = self.command(in: line)
            }
        }
        finish()
        return profile
    }

    // `node 26123/26125 [000] 4.5: 250000 cpu-clock:` — the name may hold spaces, the thread id ends it.
    private static func command(in header: Substring) -> String {
        let words = header.split(separator: " ")
        let end = words.indices.dropFirst().first { index in
            words[index].allSatisfy { $0.isNumber || $0 == "/" } && words[index].contains(where: \.isNumber)
        }
        return words[..<(end ?? min(1, words.count))].joined(separator: " ")
    }

    // `    7f31 symbol+0x1f (/lib/libc.so.6)`: address, symbol, offset, object.
    private static func frame(_ line: Substring) -> StackProfile.Frame? {
        guard line.first == " " || line.first == "\t" else { return nil }
        let text = line.drop(while: \.isWhitespace)
        guard let space = text.firstIndex(of: " "), text[..<space].allSatisfy(\.isHexDigit) else { return nil }
        var symbol = text[text.index(after: space)...]
        var object = ""
        if symbol.hasSuffix(")"), let open = symbol.lastIndex(of: "(") {
            let path = symbol[symbol.index(after: open)...].dropLast()
            object = String(path.split(separator: "/").last ?? path)
            symbol = symbol[..<open]
        }
        while symbol.last == " " { symbol = symbol.dropLast() }
        if let plus = symbol.ranges(of: "+0x").last { symbol = symbol[..<plus.lowerBound] }
        let isKnown = !symbol.isEmpty && symbol != "[unknown]"
        return StackProfile.Frame(
            name: isKnown ? String(symbol) : unnamed(in: object),
            module: object
        )
    }

    // perf puts some objects into brackets itself: `[kernel.kallsyms]`, `[vdso]`.
    private static func unnamed(in object: String) -> String {
        object.isEmpty ? "[unknown]" : object.hasPrefix("[") ? object : "[\(object)]"
    }
}

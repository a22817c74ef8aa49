import Telemetry

/// Folded stacks, `main;parse;read 42` a line: what stackcollapse, inferno, async-profiler and speedscope write.
enum FoldedStackText {
    /// `nil` where a line is no folded stack.
    ///
    /// A differential file with two numbers a line counts the second, which is the newer.
    static func read(_ text: Substring) -> StackProfile? {
        var profile = StackProfile()
        for line in text.split(whereSeparator: \.isNewline) {
            guard !line.hasPrefix("#") else { continue }
            guard let (stack, weight) = parts(of: line) else { return nil }
            profile.add(stack.split(separator: ";").map(frame), weight: weight)
        }
        return profile
    }

    /// Whether a line of text looks like a folded stack.
    static func matches(_ line: Substring) -> Bool { parts(of: line) != nil && !line.hasPrefix(" ") }

    private static func parts(of line: Substring) -> (stack: Substring, weight: Double)? {
        guard let space = line.lastIndex(where: { $0 == " " || $0 == "\t" }),
            let weight = Double(line[line.index(after: space)...]), abs(weight) <= 1e15
        else { return nil }
        var stack = line[..<space]
        if let earlier = stack.lastIndex(of: " "), stack.contains(";"),
            Double(stack[stack.index(after: earlier)...]) != nil
        {
            stack = stack[..<earlier]
        }
        return stack.isEmpty ? nil : (stack, weight)
    }

    private static func frame(_ name: Substring) -> StackProfile.Frame {
        StackProfile.Frame(name: String(name), module: module(of: name))
    }

    /// The part of a symbol that says where it belongs: `net/http` of `net/http.(*conn).serve`, `std` of `std::sort`.
    static func module(of name: some StringProtocol) -> String {
        if let range = name.firstRange(of: "::") { return String(name[..<range.lowerBound]) }
        let start = name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex
        guard let dot = name[start...].firstIndex(of: "."), dot > name.startIndex else { return "" }
        return String(name[..<dot])
    }
}

/// Replaces `${NAME}` by a variable of the environment; `$${` stands for a plain `${`.
struct EnvironmentReader {
    let environment: [String: String]

    struct Expansion {
        var text: String
        /// Values that were put in, none of them empty.
        var values: Set<String>
    }

    /// `nil` after reporting every variable that is unset; a value never appears in a diagnostic.
    func expand(_ text: String, for value: YAMLValue) -> Expansion? {
        var expansion = Expansion(text: "", values: [])
        var isComplete = true
        var rest = text[...]
        while let start = rest.firstRange(of: "${") {
            let before = rest[..<start.lowerBound]
            rest = rest[start.upperBound...]
            if before.hasSuffix("$") {
                expansion.text += before.dropLast() + "${"
                continue
            }
            expansion.text += before
            guard let end = rest.firstIndex(of: "}"), EnvironmentReader.isName(rest[..<end]) else {
                value.error("`${` starts no variable; write `${NAME}`, or `$${` for the characters themselves")
                return nil
            }
            let name = String(rest[..<end])
            rest = rest[rest.index(after: end)...]
            if let found = environment[name] {
                expansion.text += found
                if !found.isEmpty { expansion.values.insert(found) }
            } else {
                value.error("the environment variable `\(name)` is not set; set it with: export \(name)=...")
                isComplete = false
            }
        }
        expansion.text += rest
        return isComplete ? expansion : nil
    }

    /// Reports variables of a shell command that are unset; the shell itself fills them in.
    ///
    /// So a value with quotes or spaces cannot change the command, and stays out of the log. The shell's own forms,
    /// such as `${PORT:-8080}`, are its own business.
    func checkCommand(_ command: String, for value: YAMLValue) {
        for name in command.matches(of: /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/).map(\.1)
        where environment[String(name)] == nil {
            value.error("the environment variable `\(name)` is not set; set it with: export \(name)=...")
        }
    }

    private static func isName(_ text: Substring) -> Bool {
        text.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil
    }
}

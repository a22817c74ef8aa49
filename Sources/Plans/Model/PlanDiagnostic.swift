/// One thing to say about an input file, in one line: `file:line:column: message`.
package struct PlanDiagnostic: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Severity: String, Sendable {
        case warning, error
    }

    package var severity: Severity
    /// As the user would name it, relative to the working directory where possible.
    package var file: String
    /// 1-based; 0 when the whole file is meant.
    package var line: Int
    package var column: Int
    /// What is wrong, what was expected, and an example.
    package var message: String

    package init(severity: Severity = .error, file: String, line: Int = 0, column: Int = 0, message: String) {
        self.severity = severity
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    package var description: String {
        let place = line > 0 ? "\(file):\(line):\(column)" : file
        return "\(place): \(severity.rawValue): \(message)"
    }
}

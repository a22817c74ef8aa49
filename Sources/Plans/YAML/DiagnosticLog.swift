/// Collects everything there is to say about one file, so that a person can mend it in one go.
///
/// A reference on purpose: every value read from a file reports to the same log. Not for sharing between threads.
final class DiagnosticLog {
    /// As shown to people.
    let file: String
    private(set) var diagnostics: [PlanDiagnostic] = []

    init(file: String) {
        self.file = file
    }

    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    func error(at place: Place?, _ message: String) {
        report(.error, at: place, message)
    }

    func warning(at place: Place?, _ message: String) {
        report(.warning, at: place, message)
    }

    // A default is read once a test; its fault is told once.
    private func report(_ severity: PlanDiagnostic.Severity, at place: Place?, _ message: String) {
        let diagnostic = PlanDiagnostic(
            severity: severity,
            file: file,
            line: place?.line ?? 0,
            column: place?.column ?? 0,
            message: message.onOneLine
        )
        if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
    }
}

/// Where in a file, both from 1; columns count Unicode scalars.
struct Place: Hashable {
    var line: Int
    var column: Int
}

extension String {
    /// Without line breaks and control characters, which would break a diagnostic or a terminal.
    var onOneLine: String {
        var line = ""
        for scalar in unicodeScalars {
            line.unicodeScalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return line
    }

    /// For showing what was found: one line, in quotes, 60 characters at most.
    var quoted: String {
        let line = onOneLine
        return line.count <= 60 ? "\"\(line)\"" : "\"\(line.prefix(57))...\""
    }
}

/// Collects everything there is to say about one file, so that a person can mend it in one go.
///
/// A reference on purpose: every value read from a file reports to the same log. Not for sharing between threads.
final class DiagnosticLog {
    /// As shown to people.
    let file: String
    private var told: [PlanDiagnostic] = []
    private var known: Set<PlanDiagnostic> = []
    private var counts: [PlanDiagnostic.Severity: Int] = [:]

    /// Of warnings and of errors, each; more nobody mends in one go, and a hostile file has a hundred thousand.
    private static let limit = 100

    init(file: String) {
        self.file = file
    }

    var hasErrors: Bool { counts[.error] != nil }

    /// What was told, and how much was not.
    var diagnostics: [PlanDiagnostic] {
        let untold = counts.values.reduce(0) { $0 + max(0, $1 - DiagnosticLog.limit) }
        guard untold > 0 else { return told }
        let message = "the first of many are shown, \(untold) more are not"
        return [PlanDiagnostic(severity: hasErrors ? .error : .warning, file: file, message: message)] + told
    }

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
        guard !known.contains(diagnostic) else { return }
        counts[severity, default: 0] += 1
        guard counts[severity, default: 0] <= DiagnosticLog.limit else { return }
        known.insert(diagnostic)
        told.append(diagnostic)
    }
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

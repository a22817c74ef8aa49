package import Analysis
import FoundationEssentials
import Glibc
import Reporting

/// The page that GitHub shows for a job: the file that `GITHUB_STEP_SUMMARY` names, to which steps append.
package enum StepSummary {
    /// Does nothing outside GitHub Actions.
    ///
    /// - Throws: `RunFailure.notCarriedOut` when the file cannot be written.
    package static func append(_ report: RunReport, environment: [String: String]) throws {
        guard let path = environment["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
        let markdown = try ReportFormat.md.render(report) ?? []
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        var rest = markdown[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw failure(path) }
            rest = rest.dropFirst(written)
        }
    }

    private static func failure(_ path: String) -> RunFailure {
        .notCarriedOut("the step summary \(path) could not be written: \(String(cString: strerror(errno)))")
    }
}

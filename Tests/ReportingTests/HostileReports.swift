import Analysis
import Correlation
import Telemetry
import TestSupport

/// Reports whose telemetry was written by somebody who wants to break the page.
enum HostileReports {
    /// Markup that must never be more than text.
    static let texts = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'onmouseover='alert(1)",
        "\"\u{301} onload=alert(1) x=\"", "]]></style><script>1</script>", "{{{css}}}{{run}}", "</title></svg>",
        "| a | b |\n| --- |\n```mermaid\n@all [x](javascript:alert(1)) <!-- ",
    ]

    static let control = make("\u{1B}[2J\u{7}evil\u{202E}txt.exe\u{0}\r\nline")

    /// The N+1 sample with `text` wherever telemetry or a plan puts words.
    static func make(_ text: String) -> RunReport {
        var report = SampleReports.regression
        report.run.moduleID = text
        report.run.command = text
        report.run.targetURL = text
        report.services = [text]
        report.warnings = [text]
        report.culprits[0].service = text
        report.culprits[0].operation = text
        for index in report.findings.indices {
            report.findings[index].culprit = CulpritReference(service: text, operation: text, attribute: text)
            report.findings[index].kind = text
            report.findings[index].sentence = text
            report.findings[index].suggestion = text
            report.findings[index].endpoint = text
            report.findings[index].evidence.numbers = [text: 1]
        }
        for index in report.tests.indices {
            report.tests[index].name = text
            report.tests[index].verdict.reasons = [text]
            report.tests[index].verdict.limits[0].name = text
            report.tests[index].verdict.limits[0].source = text
            report.tests[index].comparison?.notComparable = text
            report.tests[index].comparison?.baselineRunIDs = [text]
            rename(&report.tests[index].profile, text)
        }
        return report
    }

    private static func rename(_ profile: inout EndpointProfile, _ text: String) {
        for index in profile.paths.indices {
            profile.paths[index].frame.operation.service = text
            profile.paths[index].frame.operation.name = text
            profile.paths[index].statement = text
        }
    }
}

import Analysis
import Correlation
import Telemetry

/// The editions of one command side by side, each set beside the first.
package struct EditionTable: Sendable {
    private let entries: [EditionEntry]
    private let exitCode: Int

    /// `exitCode` is the command's own.
    package init(_ entries: [EditionEntry], exitCode: Int) {
        self.entries = entries
        self.exitCode = exitCode
    }

    /// For the end of a terminal's output; lines without their newlines.
    package func lines(width: Int = 100) -> [String] {
        let first = entries.first?.edition ?? ""
        let names = entries.map { PlainText.clean($0.edition, limit: 40) }
        let column = (names.map { TerminalText.columns(of: $0) }.max() ?? 0) + 2
        var lines = [PlainText.clean("Editions, compared with \(first)")]
        for (entry, name) in zip(entries, names) {
            guard let report = entry.report else {
                lines += row(name, entry.failure ?? "not run", column, width)
                continue
            }
            let score = "\(report.status.rawValue), score \(NumberText.fixed(report.score, decimals: 2))"
            lines += row(name, score, column, width)
            for test in report.tests { lines += row("", sentence(of: test), column, width) }
        }
        return lines
    }

    /// For programs: `editions.json`, and what `plimsoll run --json` prints of several editions.
    package var artifact: Artifact { Artifact(path: "editions.json", text: JSONText.document(document)) }

    /// The same on one line.
    package var json: String { JSONText.line(document) }

    private var document: DocumentValue {
        [
            "reference": .of(entries.first?.edition),
            "exitCode": .of(exitCode),
            "editions": .array(entries.map(value)),
        ]
    }

    private func value(of entry: EditionEntry) -> DocumentValue {
        [
            "editionId": .string(entry.edition),
            "runId": .of(entry.report?.run.id),
            "retryAttempt": entry.report.map { .of($0.retryAttempt) } ?? .null,
            "status": .of(entry.report?.status.rawValue),
            "performanceScore": .of(entry.report?.score),
            "exitCode": .of(entry.exitCode),
            "failure": .of(entry.failure),
            "artifacts": .string(entry.directory),
            "tests": .array(
                (entry.report?.tests ?? []).map { test in
                    [
                        "endpoint": .string(test.name),
                        "testType": .string(test.testTypeName),
                        "status": .string(test.verdict.status.rawValue),
                        "rpsTarget": .number(test.load.targetRate),
                        "latencyP95": .of(QuantileEstimate(0.95, of: test.load.latency)?.value),
                        "editionDeviation": EditionDeviationText.value(test.editionDeviation),
                    ]
                }
            ),
        ]
    }

    private func sentence(of test: TestReport) -> String {
        let p95 = QuantileEstimate(0.95, of: test.load.latency).map { "p95 " + Quantity.milliseconds($0.value) }
        let deviation = test.editionDeviation.map { ", " + EditionDeviationText.sentence($0) } ?? ""
        return "\(test.name): \(p95 ?? "nothing measured")\(deviation)"
    }

    /// The label once, in a column of its own; the text beside it, wrapped.
    private func row(_ label: String, _ text: String, _ column: Int, _ width: Int) -> [String] {
        let body = PlainText.clean(text, limit: 1000)
        return TerminalText.wrap(body, width: max(20, width - column - 2), lines: 3).enumerated().map { offset, line in
            let head = offset == 0 ? label : ""
            return "  " + head + String(repeating: " ", count: column - TerminalText.columns(of: head)) + line
        }
    }
}

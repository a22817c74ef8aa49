import Analysis
import Telemetry

/// `junit.xml`: every limit and every comparison as a test case, in the shape that Jenkins, GitLab and GitHub actions read.
///
/// A suite is a test of the plan. Its first case is the verdict, whose failure tells the whole story; an untrustworthy
/// measurement is an `error`, a missing baseline `skipped`. Shape: `junit-10.xsd` of Jenkins' xUnit plug-in.
struct JUnitReport: ArtifactRenderer {
    let name = "junit.xml"

    private struct Case {
        enum Outcome {
            case passed
            case failure(type: String, message: String, text: String)
            case error(type: String, message: String, text: String)
            case skipped(String)
        }

        var name: String
        var outcome: Outcome
    }

    func render(_ report: RunReport) throws -> [Artifact] {
        let suites = report.tests.map { (test: $0, cases: cases(of: $0, in: report)) }
        let all = suites.flatMap(\.cases)
        var writer = MarkupWriter()
        writer.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        writer.start(
            "testsuites",
            [
                "name": "plimsoll \(report.run.moduleID) \(report.run.editionID)", "tests": String(all.count),
                "failures": String(failures(all)), "errors": String(errors(all)),
                "time": seconds(from: report.run.startedAt, to: report.run.endedAt),
            ]
        )
        for (index, suite) in suites.enumerated() { write(suite.test, suite.cases, index, of: report, into: &writer) }
        writer.newline()
        writer.end()
        writer.newline()
        return [Artifact(path: name, text: writer.text)]
    }

    private func write(
        _ test: TestReport,
        _ cases: [Case],
        _ index: Int,
        of report: RunReport,
        into writer: inout MarkupWriter
    ) {
        let duration = seconds(from: test.load.startedAt, to: test.load.endedAt)
        writer.newline()
        writer.start(
            "testsuite",
            [
                "id": String(index), "name": "\(test.name) (\(test.testTypeName))", "package": report.run.moduleID,
                "timestamp": String(Timestamp.rfc3339(test.load.startedAt).prefix(19)), "hostname": "localhost",
                "tests": String(cases.count), "failures": String(failures(cases)), "errors": String(errors(cases)),
                "skipped": String(skipped(cases)), "time": duration,
            ]
        )
        writer.newline()
        writer.element("properties") { properties in
            for (key, value) in self.properties(of: test, in: report) {
                properties.newline()
                properties.element("property", ["name": key, "value": value])
            }
            properties.newline()
        }
        for (position, item) in cases.enumerated() {
            writer.newline()
            writer.start(
                "testcase",
                [
                    "classname": "\(report.run.moduleID).\(test.name)", "name": item.name,
                    // The first case stands for the load itself; the others look at what it measured.
                    "time": position == 0 ? duration : "0",
                ]
            )
            write(item.outcome, into: &writer)
            writer.end()
        }
        writer.newline()
        writer.end()
    }

    private func write(_ outcome: Case.Outcome, into writer: inout MarkupWriter) {
        switch outcome {
        case .passed: break
        case .failure(let type, let message, let text):
            writer.element("failure", ["type": type, "message": PlainText.clean(message)], text)
        case .error(let type, let message, let text):
            writer.element("error", ["type": type, "message": PlainText.clean(message)], text)
        case .skipped(let why): writer.element("skipped", ["message": PlainText.clean(why)])
        }
    }

    private func cases(of test: TestReport, in report: RunReport) -> [Case] {
        [verdict(of: test, in: report)] + test.verdict.limits.map { limit($0, of: test) } + [baseline(of: test)]
    }

    private func verdict(of test: TestReport, in report: RunReport) -> Case {
        let status = test.verdict.status
        let message = test.verdict.reasons.first ?? "status is \(status.rawValue)"
        let story = FailureStory(report, test: test).facts.map { "\($0.label): \($0.text)" }.joined(separator: "\n")
        let outcome: Case.Outcome =
            switch status {
            case .invalid: .error(type: "measurement", message: message, text: story)
            case .degraded, .fail: .failure(type: status.rawValue, message: message, text: story)
            default: .passed
            }
        return Case(name: "verdict", outcome: outcome)
    }

    private func limit(_ limit: LimitOutcome, of test: TestReport) -> Case {
        let bound = Quantity.limit(limit.limit, unit: limit.unit)
        let sign = BrokenLimit.isMinimum(limit.name) ? "≥" : "≤"
        let sentence = BrokenLimit(limit, of: test).sentence
        return Case(
            name: PlainText.clean("\(BrokenLimit.title(of: limit.name)) \(sign) \(bound)"),
            outcome: limit.isMet ? .passed : .failure(type: "limit", message: sentence, text: sentence)
        )
    }

    private func baseline(of test: TestReport) -> Case {
        let name = "p95 against the baseline"
        guard let comparison = test.comparison else { return Case(name: name, outcome: .skipped("no baseline yet")) }
        if let reason = comparison.notComparable { return Case(name: name, outcome: .skipped(reason)) }
        guard comparison.p95.decision == .regression, FailureStory.isWrong(test) else {
            return Case(name: name, outcome: .passed)
        }
        let message =
            "p95 rose from \(Quantity.milliseconds(comparison.p95.before)) to "
            + "\(Quantity.milliseconds(comparison.p95.after)) (\(Quantity.change(comparison.p95.ratio) ?? "?"))"
        return Case(name: name, outcome: .failure(type: "regression", message: message, text: message))
    }

    private func properties(of test: TestReport, in report: RunReport) -> [(String, String)] {
        var pairs = [
            ("runId", report.run.id), ("lineageId", report.run.lineageID), ("editionId", report.run.editionID),
            ("retryAttempt", String(report.retryAttempt)), ("status", test.verdict.status.rawValue),
            ("score", NumberText.fixed(test.verdict.score.value, decimals: 2)),
            ("rps", NumberText.fixed(test.load.achievedRate, decimals: 2)),
        ]
        for (name, p) in [("p50Ms", 0.5), ("p95Ms", 0.95), ("p99Ms", 0.99)] {
            guard let value = QuantileEstimate(p, of: test.load.latency)?.value else { continue }
            pairs.append((name, NumberText.fixed(value, decimals: 3)))
        }
        return pairs + test.load.exemplarTraceIDs.prefix(3).map { ("exemplarTraceId", $0.hex) }
    }

    private func failures(_ cases: [Case]) -> Int {
        cases.count { if case .failure = $0.outcome { true } else { false } }
    }

    private func errors(_ cases: [Case]) -> Int {
        cases.count { if case .error = $0.outcome { true } else { false } }
    }

    private func skipped(_ cases: [Case]) -> Int {
        cases.count { if case .skipped = $0.outcome { true } else { false } }
    }

    private func seconds(from start: UInt64, to end: UInt64) -> String {
        NumberText.fixed(end > start ? Double(end - start) / 1e9 : 0, decimals: 3)
    }
}

extension ArtifactRenderer where Self == JUnitReport {
    static var junit: Self { Self() }
}

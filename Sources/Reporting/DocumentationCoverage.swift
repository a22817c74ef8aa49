package import Analysis

/// `doc-coverage.metrics.json`: how score and latency went over all runs, and which endpoints were never tested.
///
/// The one artifact that needs more than a report: the store's history, and what endpoints the service has.
package struct DocumentationCoverage: Sendable {
    package static let path = "doc-coverage.metrics.json"

    private let histories: [RunHistory]
    /// As in a plan, such as `GET /pets/{id}`.
    private let endpoints: [String]
    private let asked: [String: [String]]

    /// Across the runs of a store.
    ///
    /// - Parameters:
    ///   - histories: may hold other modules.
    ///   - endpoints: that the service has; empty where nobody has described it.
    ///   - asked: endpoints that each test asks, by the test's name; a test that is not in it is taken by its name.
    package init(histories: [RunHistory], endpoints: [String] = [], asked: [String: [String]] = [:]) {
        self.histories = histories
        self.endpoints = endpoints
        self.asked = asked
    }

    /// For the module of the run that was just made; the report itself adds its run where the histories lack it.
    package func artifact(for report: RunReport) -> Artifact {
        let module = report.run.moduleID
        let known = completed(report).filter { $0.moduleID == module }
        let tested = Set(known.map(\.endpoint)).sorted()
        let covered = tested.flatMap { asked[$0] ?? [$0] }
        let untested = endpoints.filter { endpoint in
            !covered.contains { DocumentationCoverage.matches(endpoint, test: $0) }
        }
        let document: DocumentValue = [
            "schema": "plimsoll-doc-coverage/1",
            "traceId": .string(report.run.lineageID),
            "moduleId": .string(module),
            "updatedByRun": .string(report.run.id),
            "retryAttempt": .of(report.retryAttempt),
            "updatedAt": .string(Timestamp.rfc3339(report.run.endedAt)),
            "endpointCoverage": .of(
                endpoints.isEmpty ? nil : 1 - Double(untested.count) / Double(endpoints.count)
            ),
            "testedEndpoints": .of(tested),
            "untestedEndpoints": .of(untested),
            "history": .array(known.map(entry)),
        ]
        return Artifact(path: DocumentationCoverage.path, text: JSONText.document(document))
    }

    private func entry(_ history: RunHistory) -> DocumentValue {
        let scores = history.entries.map(\.score)
        return [
            "editionId": .string(history.editionID),
            "testType": .string(history.testType),
            "endpoint": .string(history.endpoint),
            "runs": .of(history.entries.count),
            "meanScore": .of(scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)),
            "latestScore": .of(scores.last),
            "latestP95Ms": .of(history.entries.last?.p95Milliseconds),
            "latestStatus": .of(history.entries.last?.status),
            "points": .array(
                history.entries.map {
                    [
                        "runId": .string($0.runID), "at": .string(Timestamp.rfc3339($0.startedAt)),
                        "performanceScore": .number($0.score), "p95LatencyMs": .number($0.p95Milliseconds),
                        "status": .string($0.status),
                    ]
                }
            ),
        ]
    }

    private func completed(_ report: RunReport) -> [RunHistory] {
        var all = histories
        for test in report.tests where test.load.scheduled > 0 && test.verdict.status != .invalid {
            let entry = RunHistory.Entry(
                runID: report.run.id,
                startedAt: report.run.startedAt,
                p95Milliseconds: QuantileEstimate(0.95, of: test.load.latency)?.value ?? 0,
                score: test.verdict.score.value,
                status: test.verdict.status.rawValue,
                environment: report.run.environment
            )
            let index = all.firstIndex {
                $0.moduleID == report.run.moduleID && $0.editionID == report.run.editionID
                    && $0.testType == test.testTypeName && $0.endpoint == test.name
            }
            if let index {
                if !all[index].entries.contains(where: { $0.runID == report.run.id }) {
                    all[index].entries.append(entry)
                }
            } else {
                all.append(
                    RunHistory(
                        moduleID: report.run.moduleID,
                        editionID: report.run.editionID,
                        testType: test.testTypeName,
                        endpoint: test.name,
                        entries: [entry]
                    )
                )
            }
        }
        return all.sorted {
            ($0.editionID, $0.endpoint, $0.testType) < ($1.editionID, $1.endpoint, $1.testType)
        }
    }

    /// Whether a test's endpoint is a case of a described one: `GET /pets/7` of `GET /pets/{id}`.
    private static func matches(_ endpoint: String, test: String) -> Bool {
        func parts(_ text: String) -> [Substring] {
            let name = text.contains(" ") ? text : "GET " + text
            return name.prefix { $0 != "?" }.split { $0 == "/" || $0 == " " }
        }
        let (described, tested) = (parts(endpoint), parts(test))
        return described.count == tested.count
            && zip(described, tested).allSatisfy { $0 == $1 || $0.hasPrefix("{") || $1.hasPrefix("{") }
    }
}

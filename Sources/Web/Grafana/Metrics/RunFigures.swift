import Analysis
import Baselines

/// The newest run of every module and edition, each report read once.
actor RunFigures {
    /// What a scrape shows of runs.
    struct Snapshot: Sendable {
        /// In order of module, edition and test.
        var tests: [TestFigures] = []
        /// Unix seconds of the end, by module and edition.
        var runs: [Run] = []
    }

    struct Run: Sendable {
        var module: String
        var edition: String
        var endedAt: Double
        var findings: [Severity: Int]
    }

    // Modules and editions that are shown.
    private static let runLimit = 20
    /// Tests that are shown.
    static let testLimit = 100

    private struct Entry {
        var tests: [TestFigures]
        var run: Run
    }

    private let store: BaselineStore
    private var entries: [String: Entry] = [:]

    init(store: BaselineStore) {
        self.store = store
    }

    func current() async throws -> Snapshot {
        let wanted = Set(try await store.newestRunIDs(limit: RunFigures.runLimit))
        entries = entries.filter { wanted.contains($0.key) }
        for id in wanted where entries[id] == nil {
            guard let report = try await store.report(id) else { continue }
            entries[id] = RunFigures.entry(report)
        }
        // A scrape in between may have dropped what this one wants; the next one reads it again.
        let shown = entries.filter { wanted.contains($0.key) }.values
        return Snapshot(
            tests: Array(
                shown.flatMap(\.tests)
                    .sorted { ($0.module, $0.edition, $0.test, $0.type) < ($1.module, $1.edition, $1.test, $1.type) }
                    .prefix(RunFigures.testLimit)
            ),
            runs: shown.map(\.run).sorted { ($0.module, $0.edition) < ($1.module, $1.edition) }
        )
    }

    private static func entry(_ report: RunReport) -> Entry {
        var seen: Set<[String]> = []
        return Entry(
            // Names are cut, after which two of them may be the same.
            tests: report.tests.map { TestFigures($0, of: report.run) }
                .filter { seen.insert([$0.test, $0.type]).inserted },
            run: Run(
                module: OperationLabels.clean(report.run.moduleID),
                edition: OperationLabels.clean(report.run.editionID),
                endedAt: Double(report.run.endedAt) / 1e9,
                findings: Dictionary(grouping: report.findings, by: \.severity).mapValues(\.count)
            )
        )
    }
}

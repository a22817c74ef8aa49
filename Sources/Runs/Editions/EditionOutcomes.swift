package import Reporting

/// How the runs of one command ended.
package struct EditionOutcomes: Sendable {
    /// In the order in which they ran; those that an interruption left out are missing.
    package let editions: [EditionOutcome]
    /// Where the artifacts lie, in a folder an edition where there are several.
    package let directory: String
    /// Why `editions.json` could not be written.
    package internal(set) var artifactsFailure: String?

    init(_ editions: [EditionOutcome], directory: String) {
        self.editions = editions
        self.directory = directory
    }

    /// That of the worst edition: interrupted, bad input, not carried out, invalid, gate failed, passed.
    package var exitCode: Int32 {
        let order: [Int32] = [0, 1, 4, 3, 2, 130]
        let codes = editions.map(\.exitCode) + (artifactsFailure == nil ? [] : [3])
        return codes.max { (order.firstIndex(of: $0) ?? 0) < (order.firstIndex(of: $1) ?? 0) } ?? 0
    }

    /// Artifacts that could not be written, a line each.
    package var failures: [String] {
        editions.compactMap { try? $0.result.get().artifactsFailure } + (artifactsFailure.map { [$0] } ?? [])
    }

    /// The editions side by side.
    package var table: EditionTable {
        EditionTable(
            editions.map { outcome in
                EditionEntry(
                    edition: outcome.edition,
                    report: outcome.report,
                    exitCode: Int(outcome.exitCode),
                    failure: outcome.failure?.lines.first,
                    directory: directory + "/" + outcome.edition
                )
            },
            exitCode: Int(exitCode)
        )
    }
}

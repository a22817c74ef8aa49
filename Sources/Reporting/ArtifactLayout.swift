package import Analysis

/// Further names under which consumers look for artifacts; the usual ones stay.
package struct ArtifactLayout: Sendable, Hashable {
    /// The seeds' other names: `performance-score.log.jsonl`, `perf-flamegraph.svg`, `perf-metrics.memory.json`.
    package var hasLegacyNames: Bool
    /// `perf/metrics/<edition>/<module>.json` and `perf/alerts/<edition>/<module>.yaml`.
    package var isByEdition: Bool

    private static let legacyNames = [
        "score.log.jsonl": "performance-score.log.jsonl",
        "flamegraph.svg": "perf-flamegraph.svg",
        "perf-metrics.json": "perf-metrics.memory.json",
    ]

    package init(hasLegacyNames: Bool = false, isByEdition: Bool = false) {
        self.hasLegacyNames = hasLegacyNames
        self.isByEdition = isByEdition
    }

    /// The artifacts, each followed by its copies.
    package func arranged(_ artifacts: [Artifact], of report: RunReport) -> [Artifact] {
        artifacts.flatMap { artifact in
            [artifact] + paths(of: artifact, in: report).map { Artifact(path: $0, contents: artifact.contents) }
        }
    }

    private func paths(of artifact: Artifact, in report: RunReport) -> [String] {
        var paths: [String] = []
        if hasLegacyNames, let name = ArtifactLayout.legacyNames[artifact.path] { paths.append(name) }
        if isByEdition {
            let edition = ArtifactLayout.folder(report.run.editionID)
            let module = ArtifactLayout.folder(report.run.moduleID.lowercased())
            switch artifact.path {
            case "perf-metrics.json": paths.append("perf/metrics/\(edition)/\(module).json")
            case "regression-alert.yaml": paths.append("perf/alerts/\(edition)/\(module).yaml")
            default: break
            }
        }
        return paths
    }

    /// An id as the name of a file or folder: nothing in it leads out of the place where it stands.
    private static func folder(_ id: String) -> String {
        let kept = String(
            id.unicodeScalars.prefix(100).map { scalar -> Character in
                let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
                return isPlain || scalar == "-" || scalar == "_" || scalar == "." ? Character(scalar) : "-"
            }
        )
        return kept.allSatisfy { $0 == "." } ? "default" : kept
    }
}

import ArgumentParser
import Reporting

/// Under which further names artifacts are written, for consumers that look for them.
struct LayoutOptions: ParsableArguments {
    /// Where the artifacts stand.
    enum Layout: String, ExpressibleByArgument, CaseIterable {
        case flat, edition
    }

    @Flag(
        name: .long,
        help: "Also write performance-score.log.jsonl, perf-flamegraph.svg and perf-metrics.memory.json."
    )
    var legacyNames = false

    @Option(
        name: .customLong("layout"),
        help: "edition: also write perf/metrics/<edition>/<module>.json and perf/alerts/<edition>/<module>.yaml."
    )
    var placement = Layout.flat

    var layout: ArtifactLayout { ArtifactLayout(hasLegacyNames: legacyNames, isByEdition: placement == .edition) }
}

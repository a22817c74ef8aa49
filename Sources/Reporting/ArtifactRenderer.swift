package import Analysis

/// Turns a report into files.
///
/// A renderer is pure: same report, same bytes. It holds for every report, also one without a single request, and
/// escapes whatever came from telemetry. No artifact is a valid answer, such as an alert where nothing is wrong.
package protocol ArtifactRenderer: Sendable {
    /// The name by which a person asks for it, such as `perf-metrics.json`; unique in the list.
    var name: String { get }

    func render(_ report: RunReport) throws -> [Artifact]
}

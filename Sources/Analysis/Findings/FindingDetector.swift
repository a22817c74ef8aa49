/// Looks for one kind of bottleneck in a compared run.
///
/// A detector is pure: same run, same findings, in a stable order. It reports only what it can
/// support with evidence, and returns an empty array otherwise.
package protocol FindingDetector: Sendable {
    /// Stable name used in reports, `lower_snake_case`.
    var kind: String { get }

    func findings(in run: ComparedRun) -> [Finding]
}

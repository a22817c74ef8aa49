import Analysis

/// `flamegraph.folded`: the critical paths as folded stacks, which flamegraph.pl, inferno and speedscope read.
///
/// A line is `test;frame;frame microseconds`: mean critical-path time per request, frames in alphabetical order.
struct FoldedStacks: ArtifactRenderer {
    let name = "flamegraph.folded"

    func render(_ report: RunReport) throws -> [Artifact] {
        let lines = report.tests.flatMap { test in
            FlamegraphTree(test.profile).folded(under: report.tests.count > 1 ? [test.name] : [])
        }
        guard !lines.isEmpty else { return [] }
        return [Artifact(path: name, text: lines.map { $0 + "\n" }.joined())]
    }
}

extension ArtifactRenderer where Self == FoldedStacks {
    static var foldedStacks: Self { Self() }
}

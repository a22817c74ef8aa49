import Correlation
import Statistics
import Telemetry

/// F11: requests take another shape than before: another set of operations is involved.
///
/// Shapes are compared by their shares of traces; a new shape is explained by the old one that it differs least from,
/// and costs what its requests take longer than those. Source: Spectroscope (Sambasivan and others 2011).
package struct StructuralMutationDetector: FindingDetector {
    package let kind = "structural_mutation"
    var minimumTraces = 30
    /// Adjusted residual, and change of share, from which a shape is more frequent than before.
    var minimumResidual = 4.0
    var minimumShift = 0.05

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.comparedTests.compactMap(finding) }

    /// A shape of either side in the numbers of the current profile; paths that only the baseline has are negative.
    private struct Shape {
        var paths: Set<Int>
        var before = 0
        var after = 0
        var milliseconds = 0.0
        var millisecondsBefore = 0.0
        var trace: TraceID?
    }

    private func finding(in test: ComparedTest) -> Finding? {
        guard let comparison = test.comparison, test.profile.traces >= minimumTraces,
            comparison.baselineProfile.traces >= minimumTraces
        else { return nil }
        let shapes = shapes(test, comparison)
        guard shapes.count > 1 else { return nil }
        let (before, after) = (shapes.reduce(0) { $0 + $1.before }, shapes.reduce(0) { $0 + $1.after })
        guard before >= minimumTraces, after >= minimumTraces else { return nil }
        let table = ContingencyTable([shapes.map { Double($0.before) }, shapes.map { Double($0.after) }])
        guard table.p < 0.001, table.rows.count == 2, table.rows[0].count == shapes.count else { return nil }
        let grown = shapes.indices.filter { index in
            let shift = Double(shapes[index].after) / Double(after) - Double(shapes[index].before) / Double(before)
            return shift >= minimumShift && table.residual(row: 1, column: index) >= minimumResidual
        }
        guard let worst = grown.max(by: { shapes[$0].after < shapes[$1].after }) else { return nil }
        return describe(shapes[worst], among: shapes, before, after, p: table.p, test, comparison)
    }

    private func shapes(_ test: ComparedTest, _ comparison: EndpointComparison) -> [Shape] {
        var numbers: [Int: Int] = [:]
        for path in comparison.paths {
            if let index = path.baseline { numbers[index] = path.current ?? -1 - index }
        }
        var found: [Set<Int>: Shape] = [:]
        for signature in test.profile.signatures ?? [] {
            var shape = found[Set(signature.paths)] ?? Shape(paths: Set(signature.paths))
            shape.after += signature.traces
            shape.milliseconds += Double(signature.durationNanoseconds) / 1e6
            shape.trace = shape.trace ?? signature.traceID
            found[shape.paths] = shape
        }
        for signature in comparison.baselineProfile.signatures ?? [] {
            let paths = Set(signature.paths.compactMap { numbers[$0] })
            var shape = found[paths] ?? Shape(paths: paths)
            shape.before += signature.traces
            shape.millisecondsBefore += Double(signature.durationNanoseconds) / 1e6
            found[paths] = shape
        }
        return found.values.sorted {
            ($0.before + $0.after, $1.paths.sorted().description)
                > ($1.before + $1.after, $0.paths.sorted().description)
        }
    }

    private func describe(
        _ shape: Shape,
        among shapes: [Shape],
        _ before: Int,
        _ after: Int,
        p: Double,
        _ test: ComparedTest,
        _ comparison: EndpointComparison
    ) -> Finding? {
        let precursor = shapes.filter { $0.before > 0 && $0.paths != shape.paths }
            .min { $0.paths.symmetricDifference(shape.paths).count < $1.paths.symmetricDifference(shape.paths).count }
        guard let precursor else { return nil }
        let added = shape.paths.subtracting(precursor.paths).filter { $0 >= 0 }.sorted()
        let removed = precursor.paths.subtracting(shape.paths).sorted()
        func frame(_ number: Int) -> PathFrame? {
            number >= 0
                ? test.profile.paths[number].frame : comparison.baselineProfile.paths[-1 - number].frame
        }
        let first = added.first { frame($0)?.synthetic == nil } ?? removed.first { frame($0)?.synthetic == nil }
        guard let first, let operation = frame(first)?.operation else { return nil }
        let mean = shape.milliseconds / Double(max(1, shape.after))
        let meanBefore = precursor.millisecondsBefore / Double(max(1, precursor.before))
        let share = Double(shape.after) / Double(after)
        let shareBefore = Double(shape.before) / Double(before)
        let cost = (share - shareBefore) * (mean - meanBefore)
        let change = [
            added.isEmpty ? nil : "\(added.count) more operations", removed.isEmpty ? nil : "\(removed.count) fewer",
        ]
        .compactMap { $0 }.joined(separator: " and ")
        let isCostly = cost >= max(1, 0.02 * comparison.mean.before)
        return test.finding(
            "F11",
            kind,
            culprit: CulpritReference(operation),
            path: first >= 0 ? test.profile.stack(to: first) : comparison.baselineProfile.stack(to: -1 - first),
            severity: isCostly
                ? SeverityRule.regression(
                    delta: cost,
                    explainedShare: comparison.mean.delta > 0 ? cost / comparison.mean.delta : nil,
                    confidence: 0.9,
                    in: test
                ) : .info,
            confidence: 0.9,
            sentence: "\(Wording.percent(share)) of the requests of \(test.endpoint) take a shape that "
                + "\(Wording.percent(shareBefore)) had before: \(change), beginning with \(Wording.operation(operation)), "
                + "\(Wording.change(mean - meanBefore)) each",
            suggestion: "Compare the two traces: a new call, a lost cache or an early return changes the shape.",
            numbers: [
                "shareRatio": share, "shareBeforeRatio": shareBefore, "costMs": cost, "shapeMs": mean,
                "precursorMs": meanBefore, "pValue": p,
            ],
            exemplars: Exemplars(typical: shape.trace, worst: shape.trace),
            explained: isCostly && comparison.mean.delta > 0 ? cost / comparison.mean.delta : nil,
            isRegression: isCostly
        )
    }
}

extension FindingDetector where Self == StructuralMutationDetector {
    package static var structuralMutation: Self { Self() }
}

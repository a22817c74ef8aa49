import Analysis
import Collectors
import Correlation
import Curl
package import Reporting
import Telemetry

/// A flamegraph of files that are there already: traces, folded stacks, `perf script` text or pprof.
package struct FlamegraphPipeline: Sendable {
    private let files: [String]
    private let baseline: [String]
    private let weighing: FlamegraphWeighing
    private let sampleType: String?
    private let link: TraceLink?

    /// `sampleType` names the value of a pprof, `nil` is its default; `link` is for traces.
    package init(
        files: [String],
        baseline: [String],
        weighing: FlamegraphWeighing,
        sampleType: String?,
        link: TraceLink? = nil
    ) {
        self.files = files
        self.baseline = baseline
        self.weighing = weighing
        self.sampleType = sampleType
        self.link = link
    }

    /// All files of both sides must be profiles, or all traces.
    ///
    /// - Throws: `RunFailure` for what cannot be read or has nothing to draw.
    package func document() async throws -> FlamegraphDocument {
        let sources = files.flatMap(SourceName.all)
        guard !sources.isEmpty else { throw RunFailure.badOption("no file is named") }
        let document: FlamegraphDocument
        if let profile = try profile(sources) {
            let before = try baseline.isEmpty ? nil : profileOfBaseline()
            document = FlamegraphDocument(profile, before: before, named: files.joined(separator: " "))
        } else {
            document = try await traces(sources)
        }
        guard !document.isEmpty else {
            throw RunFailure.badOption(
                "\(files.joined(separator: " ")) holds nothing to draw: no stacks, no complete traces"
            )
        }
        return document
    }

    private func profileOfBaseline() throws -> StackProfile {
        guard let profile = try profile(baseline.flatMap(SourceName.all)) else {
            throw RunFailure.badOption("--diff must name profiles, as the other files are")
        }
        return profile
    }

    /// `nil` where the files are none; all of them must be of a kind.
    private func profile(_ sources: [SourceName]) throws -> StackProfile? {
        var merged: StackProfile?
        for (index, source) in sources.enumerated() {
            guard case .file(let path) = source else { return nil }
            let bytes = try SourceName.contents(ofFile: path)
            let found: StackProfile?
            do {
                found = try StackProfileImporter.read(bytes, sampleType: sampleType)
            } catch {
                throw RunFailure.badOption("\(path): \(error)")
            }
            guard let found else {
                guard merged == nil else {
                    throw RunFailure.badOption("\(path) is no profile, but the files before it are")
                }
                return nil
            }
            guard index == 0 || merged != nil else { return nil }
            guard merged.map({ $0.unit == found.unit }) ?? true else {
                throw RunFailure.badOption("\(path) counts \(found.unit), the files before it \(merged?.unit ?? "")")
            }
            if merged == nil { merged = found } else { merged?.merge(found) }
        }
        return merged
    }

    private func traces(_ sources: [SourceName]) async throws -> FlamegraphDocument {
        let vocabulary = Vocabulary(byteLimit: 256 << 20)
        let reader = TraceSources(vocabulary: vocabulary, client: HTTPClient(connections: 4))
        func window(_ names: [SourceName], of option: String) async throws -> DiagnosedWindow {
            try await DiagnosedWindow.read(
                names,
                of: option,
                with: reader,
                vocabulary: vocabulary,
                needsActivity: false,
                times: StageTimes()
            )
        }
        let now = try await window(sources, of: files.joined(separator: " "))
        var comparisons = [EndpointComparison?](repeating: nil, count: now.run.tests.count)
        if !baseline.isEmpty {
            let before = try await window(baseline.flatMap(SourceName.all), of: "--diff")
            let runs = BaselineRun.all(before.run, module: "flamegraph", runID: "baseline", environment: "traces")
            var settings = ComparisonSettings()
            // Of traffic that nobody scheduled, rates say nothing about whether two stretches compare.
            settings.rateTolerance = .infinity
            comparisons = BaselineComparator(settings: settings).compare(
                now.run.tests,
                with: now.run.tests.map { test in runs.filter { $0.profile.endpoint == test.name } },
                environment: "traces"
            )
        }
        return FlamegraphDocument(
            endpoints: zip(now.run.tests, comparisons).map { test, comparison in
                FlamegraphDocument.Endpoint(
                    name: test.name,
                    profile: test.profile,
                    completeness: test.completeness,
                    comparison: comparison
                )
            },
            weighing: weighing,
            link: link
        )
    }
}

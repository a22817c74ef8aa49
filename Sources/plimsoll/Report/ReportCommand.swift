import Analysis
import ArgumentParser
import Baselines
import Foundation
import Reporting
import Runs

/// `plimsoll report`: a finished run in another form.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Show a finished run again, in a form for people, a merge request or a CI system.",
        discussion: """
            The run is an id of the store (or its beginning, or `latest`), a folder of artifacts, or a run.json.

            EXAMPLES
              plimsoll report latest           the verdict as the terminal showed it
              plimsoll report latest --format html --output report.html
              plimsoll report plimsoll-out/20261121-120752-n1 --format junit
              plimsoll report latest --format gitlab --output load-performance.json
              plimsoll report latest --post    as a comment of this merge request
              plimsoll report latest --all --output artifacts/
            """
    )

    @Argument(help: "Run id, its beginning, `latest`, a folder of artifacts, or a run.json.")
    var run: String

    @Option(name: .long, help: "One of \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format = ReportFormat.text

    @Option(name: .shortAndLong, help: "File to write, or folder with --all (default: standard output).")
    var output: String?

    @Flag(name: .long, help: "Write every artifact into the folder that --output names.")
    var all = false

    @OptionGroup(title: "Artifacts") var layout: LayoutOptions
    @OptionGroup(title: "CI") var publication: Publication
    @OptionGroup var store: StoreOptions

    func validate() throws {
        if all, output == nil { throw ValidationError("--all needs --output with the folder to write to") }
    }

    func run() async throws {
        try await RunReportSource(name: run, store: store).withReport { report in
            if publication.post {
                try await publication.comment(report, ProcessInfo.processInfo.environment)
                return
            }
            if all {
                let artifacts = try [any ArtifactRenderer].standard.flatMap { try $0.render(report) }
                try ArtifactWriter(directory: output ?? ".").write(layout.layout.arranged(artifacts, of: report))
                return
            }
            guard let contents = try format.render(report) else {
                throw CommandFailure("run \(report.run.id) has nothing to show as \(format.rawValue)")
            }
            try ReportFile.write(contents, to: output)
        }
    }
}

extension ReportFormat: ExpressibleByArgument {}

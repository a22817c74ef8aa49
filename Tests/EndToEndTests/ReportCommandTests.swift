import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite struct ReportCommand {
        private typealias Shell = TestSupport.Command

        private static let golden = Workplace.repository + "/Tests/ReportingTests/Snapshots/regression"

        private func report(_ place: Workplace, _ arguments: String...) async throws -> Shell.Result {
            try await Shell(Workplace.plimsoll, ["report"] + arguments, directory: place.directory).wait()
        }

        @Test func `a folder of artifacts is enough to make each of them again`() async throws {
            let place = try Workplace()
            for (format, file) in [
                ("md", "report.md"), ("html", "report.html"), ("junit", "junit.xml"), ("json", "perf-metrics.json"),
                ("gitlab", "load-performance.json"),
            ] {
                let result = try await report(place, Self.golden, "--format", format, "--output", file)
                #expect(result.exitCode == 0, "\(result.standardError)")
                #expect(
                    FileManager.default.contentsEqual(
                        atPath: place.directory + "/" + file,
                        andPath: Self.golden + "/" + file
                    ),
                    "\(file)"
                )
            }
            let all = try await report(place, Self.golden, "--all", "--output", "again", "--legacy-names")
            #expect(all.exitCode == 0, "\(all.standardError)")
            #expect(place.exists("again/perf-flamegraph.svg") && place.exists("again/badge.svg"))
        }

        @Test func `without a format it is the verdict, and what it cannot do it says in one line`() async throws {
            let place = try Workplace()
            let text = try await report(place, Self.golden)
            #expect(text.standardOutput.hasPrefix("DEGRADED"))
            for (arguments, words) in [
                (["nobody", "--store", place.store], "there is no store"), ([place.directory], "cannot be read"),
                ([Self.golden + "/report.md"], "is no report"),
            ] {
                let result = try await Shell(
                    Workplace.plimsoll,
                    ["report"] + arguments,
                    directory: place.directory
                ).wait()
                #expect(result.exitCode == 2)
                #expect(result.standardError.contains(words), "\(result.standardError)")
                #expect(result.standardError.split(separator: "\n").count == 1)
            }
        }
    }
}

import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite struct BaselineCommand {
        private func baseline(_ place: Workplace, _ arguments: String...) async throws -> Shell.Result {
            try await Shell(
                Workplace.plimsoll,
                ["baseline"] + arguments + ["--store", place.store],
                directory: place.directory
            ).wait()
        }

        private typealias Shell = TestSupport.Command

        @Test func `without a store every command says so in one line`() async throws {
            let place = try Workplace()
            for command in [["list"], ["show", "latest"], ["pin", "latest"], ["export", "-"], ["prune"]] {
                let arguments = ["baseline"] + command + ["--store", place.store]
                let result = try await Shell(Workplace.plimsoll, arguments, directory: place.directory).wait()
                #expect(result.exitCode == 2, "\(command)")
                #expect(result.standardError.contains("there is no store"), "\(result.standardError)")
                #expect(result.standardError.split(separator: "\n").count == 1)
            }
            #expect(!place.exists("plimsoll.db"))
        }

        @Test func `a run travels from one store to another and is shown there`() async throws {
            let place = try Workplace()
            // What `export` writes for one run: the fixture is the run.json golden of a passing run.
            let golden = Workplace.repository + "/Tests/ReportingTests/Snapshots/passing/run.json"
            let report = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: golden)))
            let line: [String: Any] = ["report": report, "accepted": [true], "decisions": [String: String]()]
            let lines = [
                Data("{\"schema\":\"plimsoll-baseline/1\",\"runs\":1}".utf8),
                try JSONSerialization.data(withJSONObject: line),
            ]
            try Data(lines.joined(separator: Data("\n".utf8))).write(to: URL(filePath: place.directory + "/in.jsonl"))
            #expect(try await baseline(place, "import", "in.jsonl").standardOutput == "1 runs added, 0 known already\n")
            let id = "20261121-120441-ok"
            #expect(try await baseline(place, "list").standardOutput.contains(id))
            #expect(try await baseline(place, "show", "latest").standardOutput.contains("POST /checkout"))
            #expect(try await baseline(place, "pin", "20261121").exitCode == 0)
            #expect(try await baseline(place, "list").standardOutput.contains("pinned \(id)"))
            #expect(try await baseline(place, "promote", "nobody").exitCode == 2)
            #expect(try await baseline(place, "prune", "--keep", "0").standardOutput.isEmpty)
            #expect(try await baseline(place, "export", "-").standardOutput.contains("\"pinned\""))
        }

        @Test func `a broken export is refused with exit code 2`() async throws {
            let place = try Workplace()
            try Data("hello\n".utf8).write(to: URL(filePath: place.directory + "/in.jsonl"))
            let result = try await baseline(place, "import", "in.jsonl")
            #expect(result.exitCode == 2)
            #expect(result.standardError.contains("no export"))
        }
    }
}

import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite struct TrendCommand {
        private func trend(_ place: Workplace, _ arguments: String...) async throws -> TestSupport.Command.Result {
            try await TestSupport.Command(
                Workplace.plimsoll,
                ["trend"] + arguments + ["--store", place.store],
                directory: place.directory
            ).wait()
        }

        @Test func `a store's tests are shown, and an unknown one is an error`() async throws {
            let place = try Workplace()
            #expect(try await trend(place).exitCode == 2)
            let golden = Workplace.repository + "/Tests/ReportingTests/Snapshots/passing/run.json"
            let report = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: golden)))
            let line: [String: Any] = ["report": report, "accepted": [true], "decisions": [String: String]()]
            let lines = [
                Data("{\"schema\":\"plimsoll-baseline/1\",\"runs\":1}".utf8),
                try JSONSerialization.data(withJSONObject: line),
            ]
            try Data(lines.joined(separator: Data("\n".utf8))).write(to: URL(filePath: place.directory + "/in.jsonl"))
            _ = try await TestSupport.Command(
                Workplace.plimsoll,
                ["baseline", "import", "in.jsonl", "--store", place.store],
                directory: place.directory
            ).wait()
            let shown = try await trend(place)
            #expect(shown.exitCode == 0)
            #expect(shown.standardOutput.contains("POST /checkout (load"))
            #expect(shown.standardOutput.contains("1 runs; steps and drifts can be told from 12 on"))
            let json = try await trend(place, "POST /checkout", "--json").standardOutput
            #expect(json.hasPrefix("[{") && json.contains("\"p95Ms\""))
            #expect(try await trend(place, "GET /nothing").exitCode == 2)
        }
    }
}

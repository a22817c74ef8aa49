import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// What a person sees, in windows of several widths and in none.
    @Suite struct TerminalOutput {
        /// Runs `plimsoll` in a terminal of that many columns; what it wrote, with its control sequences.
        private func inTerminal(columns: Int, _ arguments: String, environment: [String: String] = [:]) async throws
            -> String
        {
            let place = try Workplace()
            let command = "stty cols \(columns); exec '\(Workplace.plimsoll)' \(arguments)"
            let result = try await Command(
                "/usr/bin/script",
                ["-qec", command, "/dev/null"],
                directory: place.directory,
                environment: ["TERM": "xterm", "LANG": "C.UTF-8", "NO_COLOR": "", "LC_ALL": ""]
                    .merging(environment) { $1 }
            ).wait()
            return result.standardOutput
        }

        /// Each state of the line that rewrites itself.
        private func liveLines(_ output: String) -> [String] {
            output.split(separator: "\u{1B}[2K").map {
                String($0.prefix { $0 != "\r" && $0 != "\n" && $0 != "\r\n" })
            }.filter { $0.contains("p95") }
        }

        @Test(arguments: [40, 60, 80, 140])
        func `a line of progress stays within its window`(columns: Int) async throws {
            let server = try LoopbackServer()
            defer { server.stop() }
            let output = try await inTerminal(
                columns: columns,
                "load \(server.url)/a --rps 50 --duration 3s"
            )
            let lines = liveLines(output)
            #expect(!lines.isEmpty, "\(output)")
            #expect(lines.allSatisfy { $0.count < columns }, "\(lines)")
            #expect(
                lines.contains { $0.contains(columns < 80 ? "/s  p95" : "/s of 50") }
                    && lines.contains { $0.hasSuffix("left") },
                "\(lines)"
            )
            if columns >= 80 {
                #expect(lines.contains { $0.contains("[#") }, "\(lines)")
                #expect(lines.contains { $0.contains(/[▁▂▃▄▅▆▇█]{2}/) }, "\(lines)")
            }
        }

        @Test func `a terminal without the letters gets no picture, and one without colour no colour`() async throws {
            let server = try LoopbackServer()
            defer { server.stop() }
            let arguments = "load \(server.url)/a --rps 50 --duration 2s"
            let plain = try await inTerminal(columns: 100, arguments, environment: ["LC_ALL": "C", "NO_COLOR": "1"])
            #expect(!plain.contains(/[▁▂▃▄▅▆▇█]/) && !plain.contains("\u{1B}[1;"), "\(plain)")
            let dumb = try await inTerminal(columns: 100, arguments, environment: ["TERM": "dumb"])
            #expect(!dumb.contains("\u{1B}"), "\(dumb)")
        }

        @Test func `a run tells spans and coverage; a pipe gets whole lines without control sequences`() async throws {
            let place = try Workplace()
            try ShopProject(rate: 20, seconds: 2).write(to: place)
            let result = try await place.run(environment: ["COLUMNS": "60"])
            #expect(result.exitCode == 0, "\(result.standardError)")
            #expect(!(result.standardError + result.standardOutput).contains("\u{1B}"))
            // Which share it shows depends on when a line is due.
            #expect(result.standardError.contains(/coverage \d+ %/), "\(result.standardError)")
            #expect(result.standardError.contains(/spans \d+/), "\(result.standardError)")
            // Paths and commands are kept whole, for people copy them.
            let verdict = result.standardOutput.split(separator: "\n").filter { !$0.contains(" Report ") }
            #expect(verdict.allSatisfy { $0.count <= 60 }, "\(result.standardOutput)")
        }

        @Test(arguments: [["--quiet"], ["--ci"]])
        func `quiet is quiet, and JSON has standard output to itself`(options: [String]) async throws {
            let place = try Workplace()
            try ShopProject(rate: 20, seconds: 1).write(to: place)
            let result = try await place.repeatingInvalid {
                try await Command(
                    Workplace.plimsoll,
                    ["run", "perf", "--store", place.store, "--otlp-port", "0", "--json"] + options,
                    directory: place.directory
                ).wait()
            }
            let value = try JSONDecoder().decode(JSONValue.self, from: Data(result.standardOutput.utf8))
            #expect(value["status"].string == "exploratory" && value["retryAttempt"].number == 0)
            #expect(!result.standardError.contains("target is healthy"), "\(result.standardError)")
            #expect(options == ["--ci"] || result.standardError.isEmpty, "\(result.standardError)")
        }

        @Test(arguments: ["bash", "zsh", "fish"]) func `there are completions for every shell`(shell: String)
            async throws
        {
            let result = try await Command(Workplace.plimsoll, ["--generate-completion-script", shell]).wait()
            #expect(result.exitCode == 0 && result.standardOutput.contains("flamegraph"))
        }

        @Test(arguments: [
            "", "init", "validate", "run", "explain", "load", "diagnose", "receive", "import", "baseline", "trend",
            "report", "flamegraph",
        ])
        func `help teaches by examples, each on one line of eighty`(command: String) async throws {
            let result = try await Command(Workplace.plimsoll, [command, "--help"].filter { !$0.isEmpty }).wait()
            let lines = result.standardOutput.split(separator: "\n", omittingEmptySubsequences: false)
            let start = try #require(lines.firstIndex { $0 == "EXAMPLES" }, "\(result.standardOutput)")
            let examples = lines[(start + 1)...].prefix { !$0.isEmpty }
            #expect(examples.count >= 2)
            // What was wrapped begins at the margin.
            #expect(examples.allSatisfy { $0.hasPrefix("  ") && $0.count <= 80 }, "\(examples)")
        }
    }
}

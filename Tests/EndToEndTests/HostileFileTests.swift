import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// Files by somebody who wishes us ill, and machines on a bad day: never a crash, never more than a line or two.
    @Suite struct HostileFiles {
        private func plimsoll(_ arguments: [String], in place: Workplace) async throws -> Command.Result {
            try await Command(Workplace.plimsoll, arguments, directory: place.directory).wait(timeout: 60)
        }

        private func write(_ text: String, to file: String, in place: Workplace) throws {
            try Data(text.utf8).write(to: URL(filePath: place.directory + "/" + file))
        }

        private func expectRefusal(_ result: Command.Result, _ what: String) {
            #expect(result.exitCode == 2, "\(what): \(result.exitCode) \(result.standardError.prefix(500))")
            #expect(result.standardError.split(separator: "\n").count == 1, "\(what): \(result.standardError)")
            #expect(!result.standardError.contains("NSCocoa") && !result.standardError.contains("\u{1B}"))
        }

        @Test(arguments: [
            "{\"a\":", "[", String(repeating: "[", count: 200_000), "\0\0\0", "openapi: 2.0.0", "- 1", "a: &a [*a]",
            "openapi: \"3\(String(repeating: "1", count: 5 << 20))\"",
        ])
        func `init refuses what is no description in one line`(text: String) async throws {
            let place = try Workplace()
            try write(text, to: "api.yaml", in: place)
            expectRefusal(try await plimsoll(["init", "new", "--from", "api.yaml"], in: place), "\(text.prefix(20))")
            #expect(!place.exists("new"))
        }

        @Test(arguments: ["/dev/zero", "/", "/nope"]) func `init reads no end of a device`(path: String) async throws {
            let place = try Workplace()
            expectRefusal(try await plimsoll(["init", "new", "--from", path], in: place), path)
        }

        /// Schemas that refer to themselves thirty times over, control characters, numbers beyond every range.
        @Test(arguments: [
            """
            paths: {/a: {post: {requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/A"}}}}}}}
            components: {schemas: {A: {type: object, properties: {\((0..<30).map { "p\($0): {$ref: \"#/components/schemas/A\"}" }.joined(separator: ", "))}}}}
            """,
            #"""
            info: {title: "\e[31mred\n"}
            paths: {"/a\e[2J": {get: {}}, "/x\n- evil": {get: {}}, "/b": {post: {requestBody: {content: {application/json: {example: "a\u2028\nb \"#"}}}}}}
            """#,
            """
            paths: {"/a/{b}": {get: {parameters: [{name: b, in: path, required: true, schema: {type: integer, minimum: 1e300, maximum: -5}}]}, post: {requestBody: {content: {application/json: {schema: {type: array, minItems: 1e300, items: {type: string, maxLength: -3, minLength: 1e300}}}}}}}}
            """,
            "paths: [1, 2]\ncomponents: 7\nservers: {a: b}",
        ])
        func `what init writes can be read, whatever the description holds`(description: String) async throws {
            let place = try Workplace()
            try write("openapi: 3.1.0\n" + description, to: "api.yaml", in: place)
            let made = try await plimsoll(["init", "new", "--from", "api.yaml"], in: place)
            #expect(made.exitCode == 0 && !made.standardOutput.contains("\u{1B}"), "\(made)")
            let plan = try String(contentsOfFile: place.directory + "/new/test-suite.plan.yaml", encoding: .utf8)
            #expect(!plan.contains("\u{1B}") && !plan.contains("\n- evil"))
            #expect(try await plimsoll(["validate", "new"], in: place).exitCode == 0, "\(plan)")
        }

        @Test(arguments: [
            "a;b 99999999999999999999\nx 1", "a;b nan", "a;b inf\nc 1", "a;b -1e308", "\u{1}\u{2}", "",
            "{\"resourceSpans\":" + String(repeating: "[", count: 100_000),
        ])
        func `a profile that is none is refused in one line`(text: String) async throws {
            let place = try Workplace()
            try write(text, to: "profile", in: place)
            expectRefusal(try await plimsoll(["flamegraph", "profile"], in: place), text)
            expectRefusal(try await plimsoll(["explain", "profile"], in: place), text)
            expectRefusal(try await plimsoll(["report", "profile"], in: place), text)
            expectRefusal(try await plimsoll(["import", "profile"], in: place), text)
        }

        @Test func `large counts of a profile are drawn`() async throws {
            let place = try Workplace()
            try write((0..<20).map { "a;b\($0) 999999999999999" }.joined(separator: "\n"), to: "profile", in: place)
            let result = try await plimsoll(["flamegraph", "profile", "--folded", "again"], in: place)
            #expect(result.exitCode == 0 && result.standardOutput.hasPrefix("<svg"), "\(result.standardError)")
        }

        @Test(arguments: [
            [("\"startedAt\": ", "\"startedAt\": 9223372036854775807, \"x\": ")],
            [("\"parent\": 0", "\"parent\": 1")], [("\"parent\": 1", "\"parent\": 99999")],
            [("\"errorRate\": ", "\"errorRate\": \"NaN\", \"x\": ")],
            [("\"exitCode\": ", "\"exitCode\": -7, \"x\": ")],
            [("\"criticalNanoseconds\": ", "\"criticalNanoseconds\": 9223372036854775807, \"x\": ")],
        ])
        func `a report that was tampered with is drawn or refused`(changes: [(String, String)]) async throws {
            let sample = Workplace.repository + "/Tests/ReportingTests/Snapshots/regression/run.json"
            var text = try String(contentsOfFile: sample, encoding: .utf8)
            for (old, new) in changes { text = text.replacing(old, with: new) }
            let place = try Workplace()
            try write(text, to: "run.json", in: place)
            let result = try await plimsoll(["report", "run.json", "--all", "--output", "all"], in: place)
            #expect([0, 2].contains(result.exitCode), "\(result.exitCode) \(result.standardError.prefix(800))")
        }

        @Test func `killed in the middle, the target goes too, and the next run is as if nothing had been`()
            async throws
        {
            let place = try Workplace()
            try ShopProject(rate: 20, seconds: 3).write(to: place)
            let killed = try place.start()
            let deadline = ContinuousClock.now + .seconds(60)
            while !killed.standardErrorSoFar.contains("p95"), ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(50))
            }
            kill(killed.processIdentifier, SIGKILL)
            _ = try await killed.wait()
            // The port is the same: a shop that had stayed would be in the way.
            var result = try await place.run()
            for _ in 0..<20 where result.exitCode == 3 {
                try await Task.sleep(for: .milliseconds(250))
                result = try await place.run()
            }
            #expect(result.exitCode == 0, "\(result.standardOutput)\(result.standardError)")
            #expect(try place.json("out/perf-metrics.json")["status"].string == "exploratory")
        }

        private static var mayMount: Bool {
            get async {
                let command = try? Command("/usr/bin/unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"])
                return (try? await command?.wait().exitCode) == 0
            }
        }

        @Test(.enabled("file systems may not be mounted here") { await mayMount })
        func `a full disk costs the artifacts, not the verdict`() async throws {
            let server = try LoopbackServer()
            defer { server.stop() }
            let place = try Workplace()
            try place.write(
                "target: {baseUrl: \"\(server.url)\"}\ntests: [{type: load, endpoint: /a, rps: 20, duration: 1s}]",
                to: "test-suite.plan.yaml"
            )
            let run = "'\(Workplace.plimsoll)' run perf --out out --store store.db --otlp-port 0"
            let result = try await Command(
                "/usr/bin/unshare",
                ["-rm", "sh", "-c", "mkdir out && mount -t tmpfs -o size=32k none out && exec \(run)"],
                directory: place.directory
            ).wait()
            #expect(result.exitCode == 3, "\(result.standardError)")
            #expect(result.standardError.contains("no space left on the device"), "\(result.standardError)")
            #expect(result.standardOutput.contains("EXPLORATORY") && !result.standardOutput.contains("report.html"))
        }
    }
}

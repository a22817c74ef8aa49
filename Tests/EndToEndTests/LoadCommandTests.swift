import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite(.repeatedOnBusyMachine) struct LoadCommand {
        @Test func `a first look accounts for every arrival, in words, JSON and a histogram`() async throws {
            let server = try LoopbackServer()
            defer { server.stop() }
            let place = try Workplace()
            let result = try await place.load([
                "\(server.url)/a?key=s3cret", "--rps", "100", "--duration", "1s", "--json", "--histogram", "a.hgrm",
                "--header", "Authorization: Bearer s3cret",
            ])
            #expect(result.exitCode == 0, "\(result.standardError)")
            let report = try JSONDecoder().decode(JSONValue.self, from: Data(result.standardOutput.utf8))
            #expect(report["requests"]["scheduled"] == .number(100))
            #expect(report["requests"]["completed"] == .number(100))
            #expect(report["ledgerBalanced"] == .bool(true))
            #expect(report["statusCodes"]["200"] == .number(100))
            #expect(report["latency"]["p50"].number != nil && report["scheduleLag"]["p99"].number != nil)
            #expect(server.requests.count == 100)
            #expect(server.requests.allSatisfy { $0.header("authorization") == "Bearer s3cret" })
            let histogram = try String(contentsOfFile: place.directory + "/a.hgrm", encoding: .utf8)
            #expect(histogram.contains("#[Max     =") && histogram.contains("Total count    =          100]"))
            let words = result.standardError
            #expect(words.contains("100 scheduled = 100 completed") && words.contains("from schedule"))
            #expect(!(words + result.standardOutput + histogram).contains("s3cret"))
        }

        @Test func `failures are exit code 1, and silence is never a pass`() async throws {
            let failing = try LoopbackServer { _ in .answer(status: 500) }
            defer { failing.stop() }
            let place = try Workplace()
            let bad = try await place.load([failing.url, "--rps", "50", "--duration", "500ms"])
            #expect(bad.exitCode == 1 && bad.standardOutput.hasPrefix("fail"), "\(bad.standardOutput)")
            let port = try LoopbackServer.closedPort()
            let silent = try await place.load(["http://127.0.0.1:\(port)", "--rps", "50", "--duration", "500ms"])
            #expect([1, 4].contains(silent.exitCode), "\(silent.standardOutput)")
        }

        @Test(arguments: [
            ["--rps", "0"], ["--duration", "fast"], ["--user", "nobody"], ["--header", "nocolon"],
            ["--cacert", "/none.pem"], ["--body", "a", "--body-file", "b"], ["--status", "99"],
        ])
        func `a wrong option is exit code 2, before any request`(options: [String]) async throws {
            let server = try LoopbackServer()
            defer { server.stop() }
            let result = try await Workplace().load([server.url] + options)
            #expect(result.exitCode == 2, "\(result.standardError)")
            #expect(!result.standardError.isEmpty && server.requests.isEmpty)
        }

        @Test func `an address that is none, or holds a password, is refused`() async throws {
            let place = try Workplace()
            for url in ["http://", "ftp://127.0.0.1/", "http://user:s3cret@127.0.0.1/"] {
                let result = try await place.load([url])
                #expect(result.exitCode == 2 && !result.standardError.contains("s3cret"), "\(result.standardError)")
            }
        }
    }
}

extension Workplace {
    /// Runs `plimsoll load`.
    fileprivate func load(_ arguments: [String]) async throws -> Command.Result {
        try await repeatingInvalid {
            try await Command(Workplace.plimsoll, ["load"] + arguments, directory: directory).wait()
        }
    }
}

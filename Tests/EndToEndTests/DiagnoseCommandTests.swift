import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite struct DiagnoseCommand {
        private let place: Workplace

        init() throws {
            place = try Workplace()
            try write(traces(itemMilliseconds: 4, seed: 1), to: "before.json")
            try write(traces(itemMilliseconds: 44, seed: 2), to: "now.json")
        }

        private func diagnose(_ arguments: [String]) async throws -> TestSupport.Command.Result {
            try await TestSupport.Command(
                Workplace.plimsoll,
                ["diagnose"] + arguments,
                directory: place.directory,
                environment: ["HOME": place.directory, "XDG_DATA_HOME": ""]
            ).wait()
        }

        private func write(_ text: String, to name: String) throws {
            try Data(text.utf8).write(to: URL(filePath: place.directory + "/" + name))
        }

        /// 200 requests of `front` to `stock`, whose query takes so long, as OTLP JSON.
        private func traces(itemMilliseconds: Double, seed: UInt64) -> String {
            var random = SeededGenerator(seed: seed)
            var front: [String] = []
            var stock: [String] = []
            for request in 0..<200 {
                let trace = String(format: "%016lx%016lx", random.next(), random.next())
                let start = 1_700_000_000_000_000_000 + request * 100_000_000
                let query = Int(itemMilliseconds * Double.random(in: 0.8...1.2, using: &random) * 1e6)
                func span(_ id: Int, _ parent: Int, _ kind: Int, _ name: String, _ from: Int, _ to: Int) -> String {
                    #"{"traceId":"\#(trace)","spanId":"\#(String(format: "%016x", id))","#
                        + #""parentSpanId":"\#(parent == 0 ? "" : String(format: "%016x", parent))","kind":\#(kind),"#
                        + #""name":"\#(name)","startTimeUnixNano":"\#(start + from)","endTimeUnixNano":"\#(start + to)"}"#
                }
                front.append(span(1, 0, 2, "GET /item", 0, query + 6_000_000))
                front.append(span(2, 1, 3, "GET /stock", 1_000_000, query + 5_000_000))
                stock.append(span(3, 2, 2, "GET /stock", 2_000_000, query + 4_000_000))
                stock.append(span(4, 3, 3, "SELECT stock", 3_000_000, query + 3_000_000))
            }
            func resource(_ service: String, _ spans: [String]) -> String {
                #"{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"\#(service)"}}]},"#
                    + #""scopeSpans":[{"spans":[\#(spans.joined(separator: ","))]}]}"#
            }
            return #"{"resourceSpans":[\#(resource("front", front)),\#(resource("stock", stock))]}"#
        }

        private struct Answer: Decodable {
            struct Culprit: Decodable {
                var service: String
                var operation: String
            }
            struct Finding: Decodable {
                var id: String
                var service: String
            }
            var run: String
            var status: String
            var exitCode: Int
            var culprits: [Culprit]
            var findings: [Finding]
            var notes: [String]
            var coverage: Double
        }

        private func answer(_ result: TestSupport.Command.Result) throws -> Answer {
            try JSONDecoder().decode(Answer.self, from: Data(result.standardOutput.utf8))
        }

        @Test func `the same files are a flamegraph, and with the time before a diff`() async throws {
            let result = try await TestSupport.Command(
                Workplace.plimsoll,
                ["flamegraph", "now.json", "--diff", "before.json", "--output", "diff.svg", "--folded", "now.folded"],
                directory: place.directory
            ).wait()
            #expect(result.exitCode == 0, "\(result.standardError)")
            let svg = try String(contentsOfFile: place.directory + "/diff.svg", encoding: .utf8)
            #expect(svg.contains("front: GET /item") && svg.contains("stock: SELECT stock +4"), "\(svg.prefix(600))")
            let folded = try String(contentsOfFile: place.directory + "/now.folded", encoding: .utf8)
            #expect(folded.contains(/stock: GET \/stock;stock: SELECT stock 4\d{4}\n/), "\(folded)")
        }

        @Test func `two files name the culprit, and leave a run's artifacts`() async throws {
            let result = try await diagnose(
                ["--current", "now.json", "--baseline", "before.json", "--out", "out", "--json"]
            )
            let answer = try answer(result)
            #expect(answer.culprits.first?.service == "stock")
            #expect(answer.culprits.first?.operation.contains("SELECT") == true)
            #expect(answer.findings.first?.id == "F02")
            #expect(answer.coverage == 1)
            #expect(answer.notes.contains { $0.contains("confidence is lower") })
            #expect(result.exitCode == Int32(answer.exitCode))
            for artifact in ["findings.json", "report.html", "flamegraph.diff.svg", "trace-summary.json", "run.json"] {
                #expect(place.exists("out/\(artifact)"), "\(artifact)")
            }
        }

        @Test func `compressed files say the same as plain ones`() async throws {
            let plain = try await diagnose(
                ["--current", "now.json", "--baseline", "before.json", "--out", "out", "--json"]
            )
            let zip = try await TestSupport.Command(
                "/bin/gzip",
                ["now.json", "before.json"],
                directory: place.directory
            )
            .wait()
            #expect(zip.exitCode == 0)
            let packed = try await diagnose(
                ["--current", "now.json.gz", "--baseline", "before.json.gz", "--out", "packed", "--json"]
            )
            let (left, right) = (try answer(plain), try answer(packed))
            #expect(left.culprits.map(\.operation) == right.culprits.map(\.operation))
            #expect(left.findings.map(\.id) == right.findings.map(\.id))
        }

        @Test func `without a baseline only what stands is found, and it says so`() async throws {
            let answer = try answer(try await diagnose(["--current", "now.json", "--out", "out", "--json"]))
            #expect(answer.status == "exploratory" && answer.exitCode == 0)
            #expect(answer.notes.contains { $0.contains("no baseline") })
            #expect(answer.findings.contains { $0.id == "F01" && $0.service == "stock" })
            #expect(!answer.findings.contains { $0.id == "F02" })
        }

        @Test func `a remembered diagnosis is the baseline of a later one`() async throws {
            let store = ["--store", place.store]
            let first = try answer(try await diagnose(["--current", "before.json", "--out", "one", "--json"] + store))
            let second = try await diagnose(
                ["--current", "now.json", "--baseline", first.run, "--out", "two", "--json"] + store
            )
            #expect(try answer(second).culprits.first?.service == "stock")
            let unknown = try await diagnose(["--current", "now.json", "--baseline", "nobody"] + store)
            #expect(unknown.exitCode == 2)
            #expect(unknown.standardError.contains("no run of"))
        }

        @Test func `an address that answers with traces is as good as a file`() async throws {
            let body = Array(traces(itemMilliseconds: 44, seed: 3).utf8)
            let server = try LoopbackServer { request in
                request.target == "/traces?service=front" ? .answer(body: body) : .answer(status: 500, body: [])
            }
            defer { server.stop() }
            let url = "http://127.0.0.1:\(server.port)"
            let found = try await diagnose(
                ["--current", url + "/traces?service=front", "--baseline", "before.json", "--out", "out", "--json"]
            )
            #expect(try answer(found).culprits.first?.service == "stock")
            let refused = try await diagnose(["--current", url + "/other"])
            #expect(refused.exitCode == 3)
            #expect(refused.standardError.contains("500"))
        }

        @Test func `bad files are refused in one line, with exit code 2`() async throws {
            try write("hello", to: "hello.txt")
            try write(#"{"resourceSpans":[]}"#, to: "empty.json")
            try write("{\"resourceSpans\":[{\"scopeSpans\"", to: "cut.json")
            try write("\u{1F}\u{8B}no gzip", to: "fake.gz")
            let cases = [
                ["--current", "nowhere.json"], ["--current", "hello.txt"], ["--current", "empty.json"],
                ["--current", "cut.json"], ["--current", "fake.gz"],
                ["--current", "now.json", "--baseline", "hello.txt"],
                ["--current", "now.json", "--baseline", "empty.json"],
                ["--current", "now.json", "--metrics", "now.json"], ["--current", "now.json", "--out", ""],
            ]
            for arguments in cases {
                let result = try await diagnose(arguments + ["--json"])
                #expect(result.exitCode == 2, "\(arguments) \(result.standardError)")
                #expect(result.standardOutput.isEmpty, "\(arguments)")
                #expect(result.standardError.split(separator: "\n").count == 1, "\(result.standardError)")
            }
            #expect(try await diagnose([]).exitCode == 2)
        }
    }
}

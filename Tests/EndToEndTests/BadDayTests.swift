import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// Plimsoll, its target or its machine misbehave in the middle of a run.
    @Suite(.repeatedOnBusyMachine) struct BadDay {
        @Test func `an impatient second Ctrl-C takes along a target that ignores SIGTERM`() async throws {
            let place = try Workplace()
            let server = try write(to: place, duration: 20, prelude: "signal.signal(signal.SIGTERM, signal.SIG_IGN)")
            let command = try place.start()
            try await waitUntil("load has begun", timeout: 30) { command.standardErrorSoFar.contains("/s of") }
            command.interrupt()
            try await Task.sleep(for: .milliseconds(600))
            command.interrupt()
            #expect(try await command.wait().exitCode == 130)
            try await waitUntil("the target is gone", timeout: 10) { try await processes(matching: server).isEmpty }
        }

        @Test func `two signals at one moment are one wish, and the artifacts are written`() async throws {
            let place = try Workplace()
            try write(to: place, duration: 20)
            let command = try place.start()
            try await waitUntil("load has begun", timeout: 30) { command.standardErrorSoFar.contains("/s of") }
            kill(command.processIdentifier, SIGTERM)
            kill(command.processIdentifier, SIGHUP)
            let result = try await command.wait()
            #expect(result.exitCode == 130)
            #expect(place.exists("out/report.html"), "\(result.standardError)")
        }

        @Test func `Ctrl-C while waiting for spans ends with 130 and leaves no baseline`() async throws {
            let place = try Workplace()
            try write(to: place, duration: 1)
            let command = try place.start()
            try await waitUntil("the drain has begun", timeout: 30) {
                command.standardErrorSoFar.contains("waiting for late spans")
            }
            command.interrupt()
            let result = try await command.wait()
            #expect(result.exitCode == 130, "\(result.standardError)")
            #expect(result.standardOutput.contains("interrupted"), "\(result.standardOutput)")
            let list = try await Command(Workplace.plimsoll, ["baseline", "list", "--store", place.store]).wait()
            #expect(list.standardOutput.contains("0 runs"), "\(list.standardOutput)")
        }

        @Test func `a target that dies or leaves a daemon behind is named in the report`() async throws {
            let place = try Workplace()
            let port = try freePort()
            let daemon =
                "import http.server as h; "
                + "h.HTTPServer(('127.0.0.1', \(port)), h.SimpleHTTPRequestHandler).serve_forever()"
            try place.write(
                """
                target:
                  baseUrl: http://127.0.0.1:\(port)
                  start: setsid python3 -c "\(daemon)" & sleep 2.5
                  healthCheck: {path: /, timeout: 30s}
                tests:
                  - {type: load, endpoint: GET /, rps: 5, duration: 3s, warmup: 0s}
                """,
                to: "test-suite.plan.yaml"
            )
            let result = try await place.start().wait()
            for line in try await Command("/bin/ps", ["-eo", "pid,args"]).wait().standardOutput.split(separator: "\n")
            where line.contains(daemon) {
                if let id = line.split(separator: " ").first.flatMap({ pid_t($0) }) { kill(id, SIGKILL) }
            }
            let report = try String(contentsOfFile: place.directory + "/out/report.md", encoding: .utf8)
            #expect(report.contains("the target ended during the run"), "\(result.standardError)")
            #expect(result.standardError.contains("still answers after the target was stopped"))
        }

        @Test func `the last words of a target are short and cannot paint the terminal`() async throws {
            let place = try Workplace()
            try place.write(
                """
                target:
                  baseUrl: http://127.0.0.1:\(try freePort())
                  start: "head -c 70000000 /dev/zero | tr '\\\\0' x; printf '\\\\033[31mlast words'; exit 3"
                tests:
                  - {type: load, endpoint: GET /, rps: 5, duration: 1s}
                """,
                to: "test-suite.plan.yaml"
            )
            let result = try await place.start().wait()
            #expect(result.exitCode == 3)
            #expect(result.standardError.contains("last words"), "\(result.standardError)")
            #expect(!result.standardError.contains("\u{1B}"))
            #expect(result.standardError.utf8.count < 1500)
        }

        @Test func `too few open files are said, not died of`() async throws {
            let place = try Workplace()
            try write(to: place, duration: 1)
            let result = try await Command(
                "/bin/sh",
                ["-c", "ulimit -n 32; exec '\(Workplace.plimsoll)' run perf --otlp-port 0 --store '\(place.store)'"],
                directory: place.directory
            ).wait()
            #expect(result.exitCode == 3)
            #expect(result.standardError.contains("ulimit -n"), "\(result.standardError)")
        }

        @Test(arguments: ["perf/test-suite.plan.yaml", "perf/test-suite.plan.yaml/below", "/proc/nowhere", ""])
        func `an output folder that cannot be is refused in one line before the target starts`(out: String) async throws
        {
            let place = try Workplace()
            try write(to: place, duration: 1)
            let result = try await place.start(out: out).wait()
            #expect(result.exitCode == 2)
            #expect(!result.standardError.contains("starting the target"))
            #expect(!result.standardError.contains("NSCocoa"), "\(result.standardError)")
        }

        @Test func `artifacts that cannot be written take neither the verdict nor the memory along`() async throws {
            let place = try Workplace()
            let out = "'\(place.directory)/out'"
            try write(
                to: place,
                duration: 2,
                prelude: "import shutil; shutil.rmtree(\(out)); open(\(out), 'w').close()"
            )
            let result = try await place.start().wait()
            #expect(result.exitCode == 3, "\(result.standardOutput)\(result.standardError)")
            #expect(result.standardOutput.contains("EXPLORATORY"), "\(result.standardOutput)")
            #expect(result.standardError.contains("the artifacts could not be written"), "\(result.standardError)")
            let list = try await Command(Workplace.plimsoll, ["baseline", "list", "--store", place.store]).wait()
            #expect(list.standardOutput.contains("1 run"), "\(list.standardOutput)")
        }

        @Test func `a verdict that nobody can read is no pass`() async throws {
            let place = try Workplace()
            try write(to: place, duration: 1)
            let result = try await Command(
                "/bin/sh",
                ["-c", "exec '\(Workplace.plimsoll)' run perf --otlp-port 0 --store '\(place.store)' >/dev/full"],
                directory: place.directory
            ).wait()
            #expect(result.exitCode == 3, "\(result.standardError)")
            #expect(result.standardError.contains("could not be written"), "\(result.standardError)")
        }

        /// A target in Python that answers everything; returns a text that only its command line holds.
        @discardableResult
        private func write(to place: Workplace, duration: Int, prelude: String = "pass") throws -> String {
            let port = try freePort()
            let program = """
                import http.server, signal, sys
                \(prelude)
                class Handler(http.server.BaseHTTPRequestHandler):
                    def do_GET(self):
                        self.send_response(200)
                        self.send_header("Content-Length", "0")
                        self.end_headers()
                    def log_message(self, *words): pass
                http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
                """
            try program.write(toFile: place.directory + "/server.py", atomically: true, encoding: .utf8)
            let server = "python3 \(place.directory)/server.py \(port)"
            try place.write(
                """
                target:
                  baseUrl: http://127.0.0.1:\(port)
                  start: exec \(server)
                  healthCheck: {path: /, timeout: 30s}
                tests:
                  - {type: load, name: GET /x, endpoint: GET /x, rps: 10, duration: \(duration)s, warmup: 0s}
                """,
                to: "test-suite.plan.yaml"
            )
            return server
        }
    }
}

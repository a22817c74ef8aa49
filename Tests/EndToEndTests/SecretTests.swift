import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite(.repeatedOnBusyMachine) struct Secrets {
        private static let token = "t0k3n-\"quoted\"&<value>"
        private static let password = "pa55word-of-nobody"

        @Test func `values of the environment are in no artifact, no log and no message`() async throws {
            let place = try Workplace()
            // A target that writes everything it gets, and its environment too, into its log.
            let server = """
                import http.server, os, sys
                class Handler(http.server.BaseHTTPRequestHandler):
                    protocol_version = "HTTP/1.1"
                    def do_POST(self):
                        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                        print(self.headers, body, os.environ["API_TOKEN"], flush=True)
                        self.send_response(200)
                        self.send_header("X-Echo", self.headers.get("Authorization", ""))
                        self.send_header("Content-Length", "2")
                        self.end_headers()
                        self.wfile.write(b"ok")
                    do_GET = do_POST
                http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
                """
            try place.write(server, to: "server.py")
            let plan = """
                target:
                  baseUrl: http://127.0.0.1:\(try freePort())
                  start: exec python3 server.py ${PORT}
                  auth: { bearer: "${API_TOKEN}" }
                tests:
                  - type: load
                    endpoint: POST /login
                    rps: 20
                    duration: 1s
                    cookies: { session: "${SESSION}" }
                    body: { json: { password: "${PASSWORD}" } }
                    expect: { status: 200, regex: never }
                """
            let port = try #require(plan.firstMatch(of: /127\.0\.0\.1:(\d+)/)?.1)
            try place.write(plan, to: "test-suite.plan.yaml")
            let result = try await place.run(environment: [
                "API_TOKEN": Secrets.token, "SESSION": "s3ssion-value", "PASSWORD": Secrets.password,
                "PORT": String(port),
            ])
            #expect(place.exists("out/perf-metrics.json"), "\(result.standardError)")
            let secrets = [Secrets.token, "t0k3n", "s3ssion-value", Secrets.password]
            let files = try FileManager.default.subpathsOfDirectory(atPath: place.directory + "/out")
            #expect(files.contains("target.log") && files.count > 8)
            for file in files {
                guard let data = FileManager.default.contents(atPath: place.directory + "/out/" + file) else {
                    continue
                }
                let text = String(decoding: data, as: UTF8.self)
                for secret in secrets { #expect(!text.contains(secret), "\(file)") }
            }
            let said = result.standardOutput + result.standardError
            for secret in secrets { #expect(!said.contains(secret)) }
            // The target did get them: its log has the marks where they stood.
            let log = try String(contentsOfFile: place.directory + "/out/target.log", encoding: .utf8)
            #expect(log.contains("Bearer ***") && log.contains("session=***"))
        }
    }
}

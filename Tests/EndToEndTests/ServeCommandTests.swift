import Curl
import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite struct ServeCommand {
        private static func spans(_ count: Int) -> String {
            let now = UInt64(Date().timeIntervalSince1970 * 1e9)
            let list = (1...count).map { number in
                """
                {"traceId":"\(String(repeating: "0", count: 24))\(String(format: "%08x", number))",\
                "spanId":"\(String(format: "%016x", number))","name":"GET /cart","kind":2,\
                "startTimeUnixNano":"\(now - 5_000_000)","endTimeUnixNano":"\(now)"}
                """
            }
            return """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},\
                "scopeSpans":[{"spans":[\(list.joined(separator: ","))]}]}]}
                """
        }

        /// Starts the service on free ports; returns it with the ports of OTLP/HTTP and of the web page.
        private static func start(
            _ folder: String,
            _ options: String...
        ) async throws -> (service: TestSupport.Command, otlp: Int, web: Int) {
            let service = try TestSupport.Command(
                Workplace.plimsoll,
                ["serve", "--store", "\(folder)/plimsoll.db", "--http", "0", "--grpc", "0", "--port", "0"] + options
            )
            let deadline = ContinuousClock.now + .seconds(30)
            while ContinuousClock.now < deadline {
                let said = service.standardErrorSoFar
                if let otlp = said.firstMatch(of: /OTLP\/http on 127\.0\.0\.1:(\d+)/),
                    let web = said.firstMatch(of: /API on http:\/\/127\.0\.0\.1:(\d+)/),
                    let otlpPort = Int(otlp.1), let webPort = Int(web.1)
                {
                    return (service, otlpPort, webPort)
                }
                try await Task.sleep(for: .milliseconds(20))
            }
            throw CommandError.timedOut(after: 30, said: service.standardErrorSoFar)
        }

        @Test func `the service takes spans, answers on its page, and stores the open minute when it is asked to end`()
            async throws
        {
            let folder = FileManager.default.temporaryDirectory.appending(path: "plimsoll-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let (service, otlp, web) = try await Self.start(folder)
            let client = HTTPClient(connections: 2)
            let taken = try await client.send(
                HTTPRequest(
                    method: "POST",
                    url: "http://127.0.0.1:\(otlp)/v1/traces",
                    headers: [HTTPHeader(name: "Content-Type", value: "application/json")],
                    body: Array(Self.spans(20).utf8),
                    timeout: .seconds(10)
                )
            )
            #expect(taken.status == 200)
            let health = try await client.send(
                HTTPRequest(url: "http://127.0.0.1:\(web)/healthz", timeout: .seconds(10))
            )
            #expect(health.status == 200)
            // Before its window is closed.
            let trace = "00000000000000000000000000000001"
            let found = try await client.send(
                HTTPRequest(url: "http://127.0.0.1:\(web)/api/traces/\(trace)", timeout: .seconds(10))
            )
            #expect(found.status == 200)
            #expect(String(decoding: found.body, as: UTF8.self).contains("GET /cart"))

            let marked = try await TestSupport.Command(
                Workplace.plimsoll,
                ["deploy", "--store", "\(folder)/plimsoll.db", "--service", "cart", "--version", "1.2"]
            ).wait()
            #expect(marked.exitCode == 0)

            service.interrupt()
            let result = try await service.wait(timeout: 30)
            #expect(result.exitCode == 0)
            #expect(result.standardError.contains("20 spans received, 1 windows stored"))

            let listed = try await TestSupport.Command(
                Workplace.plimsoll,
                ["deploy", "--list", "--json", "--store", "\(folder)/plimsoll.db"]
            ).wait()
            #expect(listed.standardOutput.contains("\"version\":\"1.2\""))
        }

        @Test func `a file of tokens guards the page and the receivers, each with its scope`() async throws {
            let folder = FileManager.default.temporaryDirectory.appending(path: "plimsoll-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let file = "\(folder)/tokens"
            var tokens: [String: String] = [:]
            for scope in ["read", "ingest"] {
                let made = try await TestSupport.Command(
                    Workplace.plimsoll,
                    ["token", "create", "--name", scope, "--scope", scope, "--tokens", file]
                ).wait()
                tokens[scope] = made.standardOutput.split(separator: "\n").first.map(String.init)
            }
            let (service, otlp, web) = try await Self.start(folder, "--tokens", file)
            let client = HTTPClient(connections: 2)
            func status(_ url: String, _ token: String?, _ body: String = "") async throws -> Int {
                let headers =
                    [HTTPHeader(name: "Content-Type", value: "application/json")]
                    + (token.map { [HTTPHeader(name: "Authorization", value: "Bearer \($0)")] } ?? [])
                return try await client.send(
                    HTTPRequest(
                        method: body.isEmpty ? "GET" : "POST",
                        url: url,
                        headers: headers,
                        body: Array(body.utf8),
                        timeout: .seconds(10)
                    )
                ).status
            }
            let traces = "http://127.0.0.1:\(otlp)/v1/traces"
            #expect(try await status(traces, nil, Self.spans(1)) == 401)
            #expect(try await status(traces, "plim_wrong", Self.spans(1)) == 401)
            #expect(try await status(traces, tokens["read"], Self.spans(1)) == 403)
            #expect(try await status(traces, tokens["ingest"], Self.spans(1)) == 200)
            let page = "http://127.0.0.1:\(web)/api/v1/runs"
            #expect(try await status(page, nil) == 401)
            #expect(try await status(page, tokens["ingest"]) == 403)
            #expect(try await status(page, tokens["read"]) == 200)
            service.interrupt()
            #expect(try await service.wait(timeout: 30).exitCode == 0)
        }

        @Test(arguments: [
            (["serve", "--retention", "2w"], "retention"), (["serve", "--store-mib", "1"], "--store-mib"),
            (["serve", "--store", "/no/such/folder/x.db"], "mkdir -p"),
            (["serve", "--tokens", "/no/such/file", "--store", "/tmp/plimsoll-unused.db"], "tokens file"),
            (["deploy", "--service", "cart"], "--version is missing"),
            (["deploy", "--service", "cart", "--version", "1", "--at", "soon"], "soon"),
            (["deploy", "--list", "--version", "1"], "--list takes no"),
        ])
        func `what cannot be used is said, with exit code 2`(arguments: [String], word: String) async throws {
            let result = try await TestSupport.Command(Workplace.plimsoll, arguments).wait(timeout: 30)
            #expect(result.exitCode == 2)
            #expect(result.standardError.contains(word))
        }

        @Test func `another address than loopback is warned about`() async throws {
            let result = try await TestSupport.Command(
                Workplace.plimsoll,
                ["serve", "--host", "0.0.0.0", "--store", "/no/such/folder/x.db", "--http", "0", "--grpc", "0"]
            ).wait(timeout: 30)
            #expect(result.standardError.contains("!!! warning: 0.0.0.0"))
        }
    }
}

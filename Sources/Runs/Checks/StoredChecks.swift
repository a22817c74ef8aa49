package import Analysis
import Baselines
import FoundationEssentials
import Telemetry

/// Checks against the file that `plimsoll serve` fills, also while it does.
package struct StoredChecks: CheckPlace {
    private let path: String

    package init(path: String) {
        self.path = path
    }

    package func deploy(_ request: CheckRequest) async throws(RunFailure) -> DeployMarker {
        try await inStore { try await CheckPipeline(request).deploy(in: $0, now: WallClock.now()) }
    }

    package func check(_ request: CheckRequest) async throws(RunFailure) -> CheckReport {
        try await inStore { try await CheckPipeline(request).execute(in: $0, now: WallClock.now()) }
    }

    private func inStore<Value>(_ body: (BaselineStore) async throws -> Value) async throws(RunFailure) -> Value {
        guard FileManager.default.fileExists(atPath: path) else {
            throw .badOption("there is no store at \(path): `plimsoll serve` makes one, or name files with --current")
        }
        do {
            return try await body(try BaselineStore(path: path))
        } catch {
            throw .badOption("\(error)")
        }
    }
}

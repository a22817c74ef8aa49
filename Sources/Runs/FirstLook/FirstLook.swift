package import LoadGeneration
package import Reporting
import Telemetry

/// The load engine alone: one URL, no plan, no spans, no store.
package struct FirstLook: Sendable {
    private let look: FirstLookPlan
    private let settings: FirstLookSettings

    /// - Throws: `RunFailure.badOption`.
    package init(_ settings: FirstLookSettings) throws {
        self.settings = settings
        look = try FirstLookPlan(settings)
    }

    /// Sends the load.
    ///
    /// An interruption ends it early; what was measured until then is reported.
    /// - Throws: `RunFailure` when nothing can be sent.
    package func execute(
        interruption: RunInterruption,
        onProgress: @escaping @Sendable (LoadProgress) -> Void
    ) async throws -> FirstLookReport {
        var random = SystemRandomNumberGenerator()
        var loadSettings = LoadSettings(sampleLimit: 0)
        if let workers = settings.workers { loadSettings.workers = workers }
        let generator = LoadGenerator(
            plan: look.plan,
            numbering: RequestNumbering(prefix: random.next() | 1, key: random.next()),
            runID: "load",
            settings: loadSettings
        )
        do {
            let result = try await interruption.cancelling { try await generator.run(onProgress: onProgress) }
            guard let load = result.tests.first else { throw RunFailure.interrupted }
            return FirstLookReport(
                load,
                title: look.title,
                engine: result.engine,
                wasInterrupted: result.wasInterrupted
            )
        } catch let error as LoadError {
            throw RunFailure.notCarriedOut("\(error)")
        }
    }
}

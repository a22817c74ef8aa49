package import Analysis

/// What `plimsoll check` is asked.
package struct CheckRequest: Sendable {
    /// Where the windows come from.
    package enum Source: Sendable, Hashable {
        /// A store that `plimsoll serve` fills.
        case store
        /// Files, folders or addresses of traces; those of the time before may stand apart.
        case traces(current: [String], baseline: [String])
    }

    package var source = Source.store
    /// Path of the store.
    package var store: String
    package var service: String?
    package var version: String?
    package var deployID: String?
    /// Unix nanoseconds: of the deploy where nobody marked it.
    package var at: UInt64?
    /// Unix nanoseconds; `nil` for the newest that is known.
    package var now: UInt64?
    /// Nanoseconds on either side; `nil` for what the time since the deploy allows.
    package var window: UInt64?
    /// Share of requests that must be good, and milliseconds from which one is bad.
    package var objective: Double?
    package var objectiveMilliseconds: Double?

    package init(store: String) {
        self.store = store
    }

    /// The settings for a deploy that is `elapsed` nanoseconds old: bins of ten seconds while there are too few minutes.
    package func settings(elapsed: UInt64) -> DeployCheckSettings {
        let standard = DeployCheckSettings()
        let minute = CheckRequest.minute
        if let window {
            guard window >= UInt64(standard.minimumBins) * minute else { return .quick(window: window) }
            var settings = standard
            settings.window = window / minute * minute
            settings.longestWindow = max(settings.longestWindow, settings.window)
            return settings
        }
        guard elapsed < standard.guardTime + UInt64(standard.minimumBins + 1) * minute else { return standard }
        return .quick(window: max(minute, elapsed))
    }

    private static let minute: UInt64 = 60_000_000_000
}

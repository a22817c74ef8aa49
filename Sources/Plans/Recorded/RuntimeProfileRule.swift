/// What the service uses under normal load, from `runtime-profile.yaml`, for whatever the selector matches.
package struct RuntimeProfileRule: SelectedRule, Sendable, Hashable {
    package var selector: RuleSelector
    /// On average, percent of one core.
    package var cpuPercent: Double?
    /// At the peak.
    package var memoryMiB: Double?
    /// Sent and received, KiB per second.
    package var networkKiB: Double?
    /// The share by which a run may lie above it before it is told, such as 0.25.
    package var tolerance: Double
    package var source: String

    package init(selector: RuleSelector = RuleSelector(), tolerance: Double = 0.25, source: String) {
        self.selector = selector
        self.tolerance = tolerance
        self.source = source
    }
}

import Correlation

/// How many times faster than allowed an error budget must burn, over a long stretch and still over a short one.
///
/// Multi-window burn-rate alerts: SRE Workbook, chapter 5, table 5-8.
package struct BurnRule: Sendable, Hashable {
    package var name: String
    package var factor: Double
    /// Nanoseconds; the short stretch shows that it still burns.
    package var long: UInt64
    package var short: UInt64
    package var severity: OperationAnomaly.Severity

    /// Spends 2 % of a month's budget in an hour.
    package static let fast = BurnRule(name: "fast", factor: 14.4, minutes: 60, 5, severity: .critical)
    /// Spends 5 % in six hours.
    package static let slow = BurnRule(name: "slow", factor: 6, minutes: 360, 30, severity: .critical)
    /// Spends 10 % in three days.
    package static let lasting = BurnRule(name: "lasting", factor: 1, minutes: 4_320, 360, severity: .warning)

    /// The strictest first.
    package static let standard = [fast, slow, lasting]

    private init(
        name: String,
        factor: Double,
        minutes long: UInt64,
        _ short: UInt64,
        severity: OperationAnomaly.Severity
    ) {
        self.name = name
        self.factor = factor
        self.long = long * TelemetryWindow.length
        self.short = short * TelemetryWindow.length
        self.severity = severity
    }
}

/// How what was measured changed over a long test at a steady rate.
package struct SoakDrift: Sendable, Hashable, Codable {
    package struct Series: Sendable, Hashable, Codable {
        /// Such as `latency p95` or `memory of orders`.
        package var name: String
        package var unit: String
        /// By the robust line, at the start and the end of the measured part.
        package var start: Double
        package var end: Double
        /// Change per hour, and its 95 % interval.
        package var perHour: Double
        package var perHourLow: Double
        package var perHourHigh: Double
        /// Probability that there is a rise or fall at all, 0...1.
        package var confidence: Double
        /// A change that is both certain (95 %) and large enough to matter.
        package var isDrifting: Bool

        package init(
            name: String,
            unit: String,
            start: Double,
            end: Double,
            perHour: Double,
            perHourLow: Double,
            perHourHigh: Double,
            confidence: Double,
            isDrifting: Bool
        ) {
            self.name = name
            self.unit = unit
            self.start = start
            self.end = end
            self.perHour = perHour
            self.perHourLow = perHourLow
            self.perHourHigh = perHourHigh
            self.confidence = confidence
            self.isDrifting = isDrifting
        }
    }

    package var series: [Series]

    package init(series: [Series]) {
        self.series = series
    }
}

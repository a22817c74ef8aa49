/// What requests cost whatever they carry, and what each further KiB adds.
package struct PayloadCost: Sendable, Hashable, Codable {
    /// Milliseconds of the median, with a 95 % interval.
    package var fixed: Double
    package var fixedLow: Double
    package var fixedHigh: Double
    /// Milliseconds of the median for each KiB, with a 95 % interval.
    package var perKiB: Double
    package var perKiBLow: Double
    package var perKiBHigh: Double

    package init(
        fixed: Double,
        fixedLow: Double,
        fixedHigh: Double,
        perKiB: Double,
        perKiBLow: Double,
        perKiBHigh: Double
    ) {
        self.fixed = fixed
        self.fixedLow = fixedLow
        self.fixedHigh = fixedHigh
        self.perKiB = perKiB
        self.perKiBLow = perKiBLow
        self.perKiBHigh = perKiBHigh
    }
}

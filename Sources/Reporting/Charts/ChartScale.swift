/// Axes with round numbers.
package struct ChartScale {
    /// Where the axis ends: at or above the largest value.
    package let end: Double
    package let ticks: [Double]

    /// From zero to `maximum` in about four steps of 1, 2 or 5 times a power of ten.
    package init(upTo maximum: Double) {
        let target = maximum.isFinite && maximum > 0 ? maximum : 1
        var step = 1.0
        while step * 5 < target { step *= 10 }
        while step * 0.5 > target { step /= 10 }
        for factor in [0.1, 0.2, 0.5, 1, 2] where step * factor * 5 >= target {
            step *= factor
            break
        }
        let count = Int((target / step).rounded(.up))
        end = Double(count) * step
        ticks = (1...max(1, count)).map { Double($0) * step }
    }

    /// A share of the width or height in 0...1 as an SVG length.
    package static func percent(_ share: Double) -> String { NumberText.fixed(share * 100, decimals: 2) + "%" }
}

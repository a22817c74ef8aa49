package import Plans

/// Evenly spaced arrivals: number `n`, from 0, is due when the shape's integral reaches `n`.
package struct UniformPacer: Pacer {
    private let integral: RateIntegral
    private let count: Int
    private var issued = 0
    private var hint = 0

    package init(_ shape: RateShape) {
        integral = RateIntegral(shape)
        // Without the tolerance, a sum of stages that should be a whole number could gain an arrival by rounding.
        count = Int(max(0, min(integral.arrivals - 1e-6, 1e15)).rounded(.up))
    }

    package mutating func next() -> UInt64? {
        guard issued < count else { return nil }
        defer { issued += 1 }
        return UInt64(integral.time(of: Double(issued), hint: &hint) * 1e9)
    }
}

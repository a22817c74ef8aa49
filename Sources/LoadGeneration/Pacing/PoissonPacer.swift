import Glibc
package import Plans
import Statistics

/// Arrivals of a Poisson process with the shape's rate, by time rescaling.
///
/// A process of rate 1 is drawn as a sum of `-ln U` and sent through the inverse of the shape's integral (Brown et al.,
/// "The time-rescaling theorem", 2002). The same seed gives the same arrivals; their number varies by its square root.
package struct PoissonPacer: Pacer {
    private let integral: RateIntegral
    private var random: SeededRandom
    private var elapsed = 0.0
    private var hint = 0

    package init(_ shape: RateShape, seed: UInt64) {
        integral = RateIntegral(shape)
        random = SeededRandom(seed: seed)
    }

    package mutating func next() -> UInt64? {
        elapsed -= log(random.uniform())
        guard elapsed < integral.arrivals else { return nil }
        return UInt64(integral.time(of: elapsed, hint: &hint) * 1e9)
    }
}

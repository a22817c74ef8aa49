import Foundation
import TestSupport

/// Seeded random numbers with the shapes that latencies have.
struct Noise {
    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// In 0..<1.
    mutating func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }

    /// Standard normal, by Box and Muller.
    mutating func normal() -> Double {
        (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform())
    }

    /// Mean 1.
    mutating func logNormal(deviation: Double) -> Double {
        exp(deviation * normal() - deviation * deviation / 2)
    }
}

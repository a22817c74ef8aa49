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

    /// A gamma variable of unit scale; 0 for no shape (Marsaglia and Tsang 2000; shapes from 1).
    mutating func gamma(_ shape: Double) -> Double {
        guard shape >= 1 else { return 0 }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
            guard v > 0 else { continue }
            if log(1 - uniform()) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
        }
    }
}

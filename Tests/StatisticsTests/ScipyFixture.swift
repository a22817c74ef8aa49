import Foundation

/// `fixtures/statistics/scipy.json`, written by `scripts/make-statistics-fixtures`.
struct ScipyFixture: Decodable {
    /// Arguments of one call and what SciPy returns.
    struct Call: Decodable {
        let input: [Double]
        let output: Double

        enum CodingKeys: String, CodingKey {
            case input = "in"
            case output = "out"
        }
    }

    /// The same where the result is a list, with gaps where SciPy has none.
    struct Series: Decodable {
        let input: [Double]
        let output: [Double?]
        let freedom: Double?

        enum CodingKeys: String, CodingKey {
            case input = "in"
            case output = "out"
            case freedom
        }
    }

    /// The same for two samples, or points.
    struct Pair: Decodable {
        let x: [Double]
        let y: [Double]
        let out: [Double]
    }

    struct MannWhitney: Decodable {
        struct Output: Decodable {
            let u: Double
            let p: Double
            let greater: Double
            let exact: Double?
        }

        let x: [Double]
        let y: [Double]
        let out: Output
    }

    struct KolmogorovSmirnov: Decodable {
        struct Output: Decodable {
            let d: Double
            let p: Double
            let limit: Double
        }

        let x: [Double]
        let y: [Double]
        let out: Output
    }

    struct Table: Decodable {
        let rows: [[Double]]
        let out: [Double]
    }

    struct Windows: Decodable {
        let before: [[Double]]
        let after: [[Double]]
        let out: Double
    }

    struct Placebo: Decodable {
        let history: [Double]
        let z: Double
        let bins: Int
        let out: Double

        enum CodingKeys: String, CodingKey {
            case history = "in"
            case z, bins, out
        }
    }

    let digamma: [Call]
    let trigamma: [Call]
    let logGamma: [Call]
    let incompleteBeta: [Call]
    let normalCumulative: [Call]
    let normalQuantile: [Call]
    let studentUpperTail: [Call]
    let studentQuantile: [Call]
    let binomialCumulative: [Call]
    let orderStatisticInterval: [Series]
    let benjaminiHochberg: [Series]
    let fisher: [Call]
    let twoProportion: [Call]
    let trimmedLogMean: [Call]
    let medianAbsoluteDeviation: [Call]
    let fitVariances: [Series]
    let posteriorConfidence: [Call]

    let mannWhitney: [MannWhitney]
    let kolmogorovSmirnov: [KolmogorovSmirnov]
    let hodgesLehmann: [Pair]
    let fisherTwoSided: [Call]
    let theilSen: [Pair]
    let kendall: [Pair]
    let spearman: [Pair]
    let linearFit: [Pair]
    let chiSquareUpperTail: [Call]
    let contingency: [Table]
    let exceedance: [Windows]
    let placebo: [Placebo]
    let maxT: [Series]
    let moderatedT: [Call]

    static func load() throws -> ScipyFixture {
        let file = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "fixtures/statistics/scipy.json")
        return try JSONDecoder().decode(ScipyFixture.self, from: Data(contentsOf: file))
    }
}

/// Whether two numbers agree to `tolerance`, relative to the larger where that is above 1.
func agree(_ left: Double, _ right: Double, tolerance: Double = 1e-9) -> Bool {
    left == right || abs(left - right) <= tolerance * max(1, abs(left), abs(right))
}

/// Whether two small probabilities agree in relative terms, so that tails are held to account as well.
func agreeRelatively(_ left: Double, _ right: Double, tolerance: Double = 1e-9) -> Bool {
    left == right || abs(left - right) <= tolerance * max(abs(left), abs(right))
}

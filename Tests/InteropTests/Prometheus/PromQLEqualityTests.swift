import Correlation
import Foundation
import Telemetry
import TestSupport
import Testing

extension Interop {
    /// Our `rate`, `increase` and `histogram_quantile` against the real thing, on generated series.
    @Suite(.enabled(if: InteropPrograms.isInstalled(InteropPrograms.prometheus), "run scripts/setup-interop"))
    struct PromQLEquality {
        private let windows: [(text: String, duration: Duration)] = [("30s", .seconds(30)), ("2m", .seconds(120))]

        @Test func `rate and increase are those of Prometheus 2.42 to the bit`() async throws {
            var random = SeededGenerator(seed: 4)
            let start = GeneratedSeries.recentStart
            let series = (0..<60).map { GeneratedSeries.counter($0, from: start, using: &random) }
            let server = try await PrometheusServer()
            try await server.write(WriteRequest.encode(series))
            var compared = 0
            for (text, window) in windows {
                for _ in 0..<6 {
                    let end = start + Int64.random(in: 10_000...330_000, using: &random)
                    let selections = series.map {
                        RangeSelection($0, endingAt: UInt64(end) * 1_000_000, window: window)
                    }
                    let rates = try await server.values(of: "rate(c[\(text)])", atMilliseconds: end, by: "series")
                    let growth = try await server.values(of: "increase(c[\(text)])", atMilliseconds: end, by: "series")
                    for (one, selection) in zip(series, selections) {
                        let name = one.labels["series"] ?? ""
                        #expect(sameBits(CounterIncrease.rate(of: selection), rates[name]), "rate of \(name) at \(end)")
                        #expect(sameBits(CounterIncrease.increase(of: selection), growth[name]), "\(name) at \(end)")
                        compared += rates[name] == nil ? 0 : 1
                    }
                }
            }
            #expect(compared > 500)
        }

        @Test func `quantiles of classic histograms are those of Prometheus 2.42 to the bit`() async throws {
            var random = SeededGenerator(seed: 5)
            let start = GeneratedSeries.recentStart
            let histograms = (0..<40).map { GeneratedSeries.classicHistogram($0, at: start, using: &random) }
            let server = try await PrometheusServer()
            try await server.write(WriteRequest.encode(histograms.flatMap(\.series)))
            for quantile in ["-1", "0", "0.01", "0.5", "0.9", "0.99", "1", "1.5", "NaN"] {
                let found = try await server.values(
                    of: "histogram_quantile(\(quantile), h_bucket)",
                    atMilliseconds: start,
                    by: "series"
                )
                for (name, buckets, _) in histograms {
                    let own = HistogramQuantile.value(of: try #require(Double(quantile.lowercased())), in: buckets)
                    #expect(sameBits(own, found[name]), "q\(quantile) of \(name): \(buckets)")
                }
            }
        }

        @Test func `rates and quantiles of native histograms are those of Prometheus 2.42 to the bit`() async throws {
            var random = SeededGenerator(seed: 6)
            let start = GeneratedSeries.recentStart
            let series = (0..<30).map { GeneratedSeries.nativeHistogram($0, from: start, using: &random) }
            let server = try await PrometheusServer()
            try await server.write(WriteRequest.encode(series))
            let end = start + 118_000
            for quantile in [0.0, 0.1, 0.5, 0.95, 1] {
                let latest = try await server.values(
                    of: "histogram_quantile(\(quantile), n)",
                    atMilliseconds: end,
                    by: "series"
                )
                let rates = try await server.values(
                    of: "histogram_quantile(\(quantile), rate(n[1m]))",
                    atMilliseconds: end,
                    by: "series"
                )
                for one in series {
                    let name = one.labels["series"] ?? ""
                    let last = try #require(one.histograms.last { $0.timeNanoseconds <= UInt64(end) * 1_000_000 })
                    let own = HistogramQuantile.value(of: quantile, in: last.value)
                    #expect(sameBits(own, latest[name]), "q\(quantile) of \(name)")
                    let selection = RangeSelection(one, endingAt: UInt64(end) * 1_000_000, window: .seconds(60))
                    let rate = CounterIncrease.histogramRate(of: selection)
                    let ownRate = rate.map { HistogramQuantile.value(of: quantile, in: $0) }
                    #expect(sameBits(ownRate, rates[name]), "q\(quantile) of the rate of \(name)")
                }
            }
        }

        private func sameBits(_ own: Double?, _ theirs: Double?) -> Bool {
            switch (own, theirs) {
            case (nil, nil): true
            case (let own?, let theirs?): own.isNaN ? theirs.isNaN : own == theirs
            default: false
            }
        }
    }
}

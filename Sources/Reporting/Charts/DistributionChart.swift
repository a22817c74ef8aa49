import Analysis
import Correlation
import Statistics

/// How request durations are distributed, now and in the baseline, on a logarithmic axis.
///
/// Both are client-side durations of complete traces, so like is compared with like.
struct DistributionChart {
    private static let binsPerOctave = 5.0
    private static let height = 150

    private let now: LatencyHistogram
    private let before: LatencyHistogram?
    private let first: Int
    private let last: Int

    /// `nil` without complete traces.
    init?(_ test: TestReport) {
        guard !test.profile.duration.isEmpty else { return nil }
        now = test.profile.duration
        before = test.comparison.map { $0.baselineProfile.duration }.flatMap { $0.isEmpty ? nil : $0 }
        let ends = [now, before].compactMap { $0 }
        first = ends.map { DistributionChart.bin($0.quantile(0.001)) }.min() ?? 0
        last = ends.map { DistributionChart.bin($0.quantile(0.999)) }.max() ?? 0
    }

    func svg() -> String {
        let bars = shares(of: now)
        let outline = before.map { shares(of: $0) }
        let peak = max(bars.max() ?? 1, outline?.max() ?? 0) * 1.15
        var writer = MarkupWriter()
        writer.start(
            "svg",
            [
                "class": "chart", "width": "100%", "height": String(DistributionChart.height + 20), "role": "img",
                "aria-label": summary,
            ]
        )
        writer.element("title", [:], summary)
        writer.element(
            "svg",
            [
                "width": "100%", "height": String(DistributionChart.height), "viewBox": "0 0 1000 100",
                "preserveAspectRatio": "none",
            ]
        ) { plot in
            let step = 1000 / Double(bars.count)
            for (index, share) in bars.enumerated() where share > 0 {
                plot.element(
                    "rect",
                    [
                        "class": "now", "x": number(Double(index) * step + 0.06 * step),
                        "y": number(100 - 100 * share / peak), "width": number(0.88 * step),
                        "height": number(100 * share / peak),
                    ]
                )
            }
            guard let outline else { return }
            var path = "M0 100"
            for (index, share) in outline.enumerated() {
                path += "L\(number(Double(index) * step)) \(number(100 - 100 * share / peak))"
                path += "L\(number(Double(index + 1) * step)) \(number(100 - 100 * share / peak))"
            }
            plot.element("path", ["class": "line before", "d": path + "L1000 100"])
        }
        drawAxis(into: &writer)
        writer.end()
        return writer.text
    }

    private var summary: String {
        let p50 = Quantity.milliseconds(nanoseconds: now.quantile(0.5))
        let p95 = Quantity.milliseconds(nanoseconds: now.quantile(0.95))
        return "Distribution of durations: median \(p50), p95 \(p95)"
    }

    private func drawAxis(into writer: inout MarkupWriter) {
        let base = String(DistributionChart.height)
        writer.element("line", ["class": "axis", "x1": "0", "x2": "100%", "y1": base, "y2": base])
        // Marks at 1, 2 and 5 of each decade while they have room, else at the decades alone.
        let octaves = Double(last - first + 1) / DistributionChart.binsPerOctave
        let factors: [UInt64] = octaves < 5 ? [1, 2, 3, 5, 7] : octaves < 10 ? [1, 2, 5] : [1]
        var decade: UInt64 = 1000
        while decade < 10_000_000_000_000 {
            for factor in factors {
                let value = factor * decade
                let x = (position(value) - Double(first)) / Double(last - first + 1)
                guard x > 0.03, x < 0.97 else { continue }
                writer.element(
                    "text",
                    [
                        "class": "tick", "x": ChartScale.percent(x), "y": String(DistributionChart.height + 14),
                        "text-anchor": "middle",
                    ],
                    Quantity.mean(Double(value) / 1e6) + " ms"
                )
            }
            decade *= 10
        }
    }

    private func shares(of histogram: LatencyHistogram) -> [Double] {
        var counts = [Double](repeating: 0, count: last - first + 1)
        for bucket in histogram.buckets {
            let middle = bucket.range.lowerBound + (bucket.range.upperBound - bucket.range.lowerBound) / 2
            // The rarest extremes are gathered in the outer bins, so that one outlier does not squeeze the rest.
            counts[min(max(DistributionChart.bin(middle), first), last) - first] += Double(bucket.count)
        }
        return counts.map { $0 / Double(max(1, histogram.count)) }
    }

    private static func bin(_ nanoseconds: UInt64) -> Int { Int(place(nanoseconds).rounded(.down)) }

    // A logarithm made of exact operations only, linear inside each octave: the same on every machine.
    private static func place(_ nanoseconds: UInt64) -> Double {
        let value = Double(max(1, nanoseconds))
        return (Double(value.exponent) + value.significand - 1) * binsPerOctave
    }

    private func position(_ nanoseconds: UInt64) -> Double { DistributionChart.place(nanoseconds) }

    private func number(_ value: Double) -> String { NumberText.fixed(value, decimals: 2) }
}

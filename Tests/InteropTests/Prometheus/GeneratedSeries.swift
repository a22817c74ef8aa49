import Correlation
import Foundation
import Telemetry
import TestSupport

/// Series such as scrapes leave them: jittered, with gaps, resets and stale markers.
enum GeneratedSeries {
    /// Ten minutes ago, in whole Unix milliseconds: Prometheus refuses what is much older than its newest sample.
    static var recentStart: Int64 { Int64(Date().timeIntervalSince1970 * 1000) - 600_000 }

    static func counter(
        _ number: Int,
        from start: Int64,
        using random: inout SeededGenerator
    ) -> MetricSeries {
        var series = MetricSeries(name: "c", labels: ["series": "s\(number)"], kind: .counter)
        let interval = [1_000, 5_000, 15_000].randomElement(using: &random) ?? 1_000
        var time = start + Int64.random(in: 0...60_000, using: &random)
        var value = number % 4 == 0 ? 0 : Double.random(in: 0...1_000, using: &random)
        while time < start + 300_000 {
            let dice = Int.random(in: 0..<40, using: &random)
            if dice == 0 {
                time += Int64(interval) * Int64.random(in: 2...6, using: &random)
            } else if dice == 1 {
                value = Double.random(in: 0...3, using: &random)
            }
            let isStale = dice == 2 && !series.points.isEmpty
            series.points.append(
                .init(timeNanoseconds: UInt64(time) * 1_000_000, value: isStale ? MetricPoint.staleMarker : value)
            )
            value += dice % 3 == 0 ? 0 : Double.random(in: 0...17, using: &random)
            time += Int64(interval) + Int64.random(in: -200...200, using: &random)
        }
        return series
    }

    static func classicHistogram(
        _ number: Int,
        at time: Int64,
        using random: inout SeededGenerator
    ) -> (name: String, buckets: [HistogramQuantile.Bucket], series: [MetricSeries]) {
        let name = "h\(number)"
        var bounds = (0..<Int.random(in: 0...8, using: &random)).map { _ in
            (Double.random(in: number % 5 == 0 ? -3...3 : 0.001...10, using: &random) * 1_000).rounded() / 1_000
        }
        if number % 9 != 8 { bounds.append(.infinity) }
        var count = 0.0
        var buckets: [HistogramQuantile.Bucket] = []
        for bound in Set(bounds).sorted() {
            // Now and then less than the bucket before, as two moments of one scrape can be.
            count += Double(Int.random(in: number % 7 == 0 ? 0...0 : -2...30, using: &random))
            count = max(0, count)
            buckets.append(.init(upperBound: bound, cumulativeCount: count))
        }
        let series = buckets.map { bucket in
            MetricSeries(
                name: "h_bucket",
                labels: ["series": name, "le": bucket.upperBound.isInfinite ? "+Inf" : "\(bucket.upperBound)"],
                kind: .histogram,
                points: [.init(timeNanoseconds: UInt64(time) * 1_000_000, value: bucket.cumulativeCount)]
            )
        }
        return (name, buckets, series)
    }

    static func nativeHistogram(
        _ number: Int,
        from start: Int64,
        using random: inout SeededGenerator
    ) -> MetricSeries {
        var series = MetricSeries(name: "n", labels: ["series": "n\(number)"], kind: .histogram)
        var schema = Int32.random(in: -2...5, using: &random)
        var positive: [Int32: Double] = [:]
        var negative: [Int32: Double] = [:]
        var zero = 0.0
        var zeroThreshold = 1e-10
        for step in 0..<12 {
            if step == 6, number % 3 == 0 { (positive, negative, zero) = ([:], [:], 0) }
            if step == 8, number % 4 == 0, schema > -2 {
                // A client that has too many buckets merges them in pairs.
                schema -= 1
                positive = Dictionary(positive.map { (($0.key - 1) >> 1 + 1, $0.value) }, uniquingKeysWith: +)
                negative = Dictionary(negative.map { (($0.key - 1) >> 1 + 1, $0.value) }, uniquingKeysWith: +)
            }
            if step == 9, number % 5 < 2 {
                // Or it widens the zero bucket, which swallows the narrowest ones.
                zeroThreshold = NativeHistogram.upperBound(of: -4, schema: schema)
                for index in Int32(-6)...(-4) {
                    zero += (positive.removeValue(forKey: index) ?? 0) + (negative.removeValue(forKey: index) ?? 0)
                }
            }
            let lowest: Int32 = zeroThreshold > 1e-10 ? -3 : -6
            for _ in 0..<20 {
                positive[Int32.random(in: lowest...9, using: &random), default: 0] += 1
                if number % 2 == 0 { negative[Int32.random(in: lowest...9, using: &random), default: 0] += 1 }
                if number % 5 < 2 { zero += 1 }
            }
            func sorted(_ counts: [Int32: Double]) -> [NativeHistogram.Bucket] {
                counts.map { .init(index: $0.key, count: $0.value) }.sorted { $0.index < $1.index }
            }
            let histogram = NativeHistogram(
                schema: schema,
                count: positive.values.reduce(0, +) + negative.values.reduce(0, +) + zero,
                sum: Double(step),
                zeroThreshold: zeroThreshold,
                zeroCount: zero,
                positive: sorted(positive),
                negative: sorted(negative)
            )
            let time = start + Int64(step) * 10_000 + Int64.random(in: 0...900, using: &random)
            series.histograms.append(.init(timeNanoseconds: UInt64(time) * 1_000_000, value: histogram))
        }
        return series
    }
}

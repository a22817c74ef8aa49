import Foundation
import Statistics
import Testing

struct LatencyHistogramTests {
    /// Values over all magnitudes, so that every width of bucket is met.
    private func values(_ count: Int, seed: UInt64) -> [UInt64] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { _ in random.next() >> (random.next() % 64) }
    }

    private func histogram(_ values: [UInt64], bits: Int) -> LatencyHistogram {
        values.reduce(into: LatencyHistogram(subBucketBits: bits)) { $0.record($1) }
    }

    @Test(arguments: [1, 4, 7, 10]) func `merging equals recording all, bit for bit`(bits: Int) {
        for seed in 0..<8 as Range<UInt64> {
            let first = values(300, seed: seed)
            let second = values(200, seed: seed + 1_000)
            var merged = histogram(first, bits: bits)
            merged.merge(histogram(second, bits: bits))
            let all = histogram(first + second, bits: bits)
            #expect(merged == all)
            var reversed = histogram(second, bits: bits)
            reversed.merge(histogram(first, bits: bits))
            #expect(reversed == all)
        }
    }

    @Test func `merging with nothing changes nothing`() {
        let some = histogram(values(50, seed: 1), bits: 7)
        var left = some
        left.merge(LatencyHistogram(subBucketBits: 7))
        var right = LatencyHistogram(subBucketBits: 7)
        right.merge(some)
        #expect(left == some)
        #expect(right == some)
    }

    @Test(arguments: [7, 10]) func `no quantile is off by more than its resolution`(bits: Int) {
        for seed in 0..<10 as Range<UInt64> {
            let sorted = values(1_000, seed: seed).sorted()
            let histogram = histogram(sorted, bits: bits)
            for q in [0, 0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 1] {
                let rank = min(1_000, max(1, Int((q * 1_000).rounded(.up))))
                let exact = Double(sorted[rank - 1])
                let found = Double(histogram.quantile(q))
                #expect(abs(found - exact) <= exact / Double(1 << bits) + 0.5, "q \(q)")
            }
        }
    }

    @Test func `small values are exact`() {
        let histogram = histogram(Array(0..<256), bits: 7)
        for rank in 1...256 as ClosedRange<UInt64> { #expect(histogram.value(atRank: rank) == rank - 1) }
    }

    @Test func `count, sum and extremes are exact`() {
        let values: [UInt64] = [0, 5, 1_000_003, 7_777_777_777]
        let histogram = histogram(values, bits: 7)
        #expect(histogram.count == 4)
        #expect(histogram.sum == values.reduce(0, +))
        #expect(histogram.minimum == 0)
        #expect(histogram.maximum == 7_777_777_777)
        #expect(histogram.quantile(1) == 7_777_777_777)
        #expect(histogram.buckets.reduce(0) { $0 + $1.count } == 4)
        for value in values { #expect(histogram.buckets.contains { $0.range.contains(value) }) }
    }

    @Test func `the largest value does not overflow`() {
        var histogram = LatencyHistogram(subBucketBits: 14)
        histogram.record(.max)
        histogram.record(0)
        #expect(histogram.quantile(1) == .max)
        #expect(histogram.count(above: 1) == 1)
    }

    @Test(arguments: [1, 7, 14]) func `the largest values keep their place and their bounds`(bits: Int) {
        var histogram = LatencyHistogram(subBucketBits: bits)
        histogram.record(.max)
        histogram.record(.max - 1)
        histogram.record(1)
        #expect(histogram.value(atRank: 1) == 1)
        #expect(histogram.value(atRank: 2) >= .max - .max >> UInt64(bits))
        #expect(histogram.buckets.map(\.count) == [1, 2])
        #expect(histogram.buckets.last?.range.upperBound == .max)
    }

    @Test(arguments: [
        #"{"bits":7,"first":9223372036854775807,"counts":[1],"count":1,"sum":1,"min":1,"max":1}"#,
        #"{"bits":7,"first":-1,"counts":[1],"count":1,"sum":1,"min":1,"max":1}"#,
        #"{"bits":1,"first":128,"counts":[1],"count":1,"sum":1,"min":1,"max":1}"#,
        #"{"bits":7,"first":0,"counts":[1],"count":18446744073709551615,"sum":1,"min":1,"max":1}"#,
    ])
    func `a stored histogram that cannot be is refused`(json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(LatencyHistogram.self, from: Data(json.utf8)) }
    }

    @Test func `recording n times equals recording n single values`() {
        var many = LatencyHistogram()
        many.record(12_345, times: 40)
        many.record(99, times: 0)
        #expect(many == histogram([UInt64](repeating: 12_345, count: 40), bits: 7))
    }

    @Test func `an empty histogram answers zero`() {
        let empty = LatencyHistogram()
        #expect(empty.quantile(0.5) == 0)
        #expect(empty.mean == 0)
        #expect(empty.isEmpty)
        #expect(empty.buckets.isEmpty)
    }

    @Test func `counts what lies above a limit`() {
        let histogram = histogram([10, 20, 30, 1_000_000], bits: 7)
        #expect(histogram.count(above: 20) == 2)
        #expect(histogram.count(above: 1_000_000) == 0)
    }

    @Test(arguments: [7, 10]) func `survives JSON`(bits: Int) throws {
        for seed in 0..<5 as Range<UInt64> {
            // JSON numbers of Foundation are exact up to 2^64.
            let original = histogram(values(100, seed: seed).map { $0 >> 8 }, bits: bits)
            let data = try JSONEncoder().encode(original)
            #expect(try JSONDecoder().decode(LatencyHistogram.self, from: data) == original)
        }
        let empty = LatencyHistogram(subBucketBits: bits)
        #expect(try JSONDecoder().decode(LatencyHistogram.self, from: JSONEncoder().encode(empty)) == empty)
    }

    @Test(arguments: [
        #"{"bits":99,"first":0,"counts":[1],"count":1,"sum":1,"min":1,"max":1}"#,
        #"{"bits":7,"first":-1,"counts":[1],"count":1,"sum":1,"min":1,"max":1}"#,
        #"{"bits":7,"first":9999999,"counts":[1],"count":1,"sum":1,"min":1,"max":1}"#,
        #"{"bits":7}"#,
    ])
    func `refuses JSON that is no histogram`(json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(LatencyHistogram.self, from: Data(json.utf8)) }
    }
}

import Reporting
import Statistics
import Testing

@Suite struct PercentileTextTests {
    @Test func `the spectrum rises to the maximum and counts every record`() throws {
        var histogram = LatencyHistogram(subBucketBits: 10)
        for value in 1...10_000 { histogram.record(UInt64(value) * 1000) }
        let lines = PercentileText(histogram).text.split(separator: "\n").map(String.init)
        #expect(lines[0] == "       Value     Percentile TotalCount 1/(1-Percentile)")
        let rows = lines.filter { !$0.hasPrefix("#") }.dropFirst()
            .map { $0.split(separator: " ").compactMap { Double($0) } }
        #expect(rows.first?[1] == 0)
        #expect(rows.last.map { $0.count } == 3)
        #expect(rows.last?[0] == 10 && rows.last?[1] == 1 && rows.last?[2] == 10_000)
        for (row, next) in zip(rows, rows.dropFirst()) {
            #expect(row[0] <= next[0] && row[1] < next[1] && row[2] <= next[2])
            // The inverse column says the same as the second, to its two decimals.
            if row.count == 4 { #expect(abs(row[3] * (1 - row[1]) - 1) < 0.01) }
        }
        // Five lines to each halving of what remains.
        #expect(rows.count { $0[1] < 0.5 } == 5 && rows.count { (0.5..<0.75).contains($0[1]) } == 5)
        let median = try #require(rows.first { $0[1] == 0.5 })
        #expect(abs(median[0] - 5) < 0.01)
        #expect(lines.contains { $0.hasPrefix("#[Mean    =        5.0") })
        #expect(lines.contains("#[Max     =       10.000, Total count    =        10000]"))
    }

    @Test func `an empty histogram has no rows`() {
        let lines = PercentileText(LatencyHistogram()).text.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("#") })
    }
}

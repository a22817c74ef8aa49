import Analysis
import Correlation
import Foundation
import Telemetry
import TestSupport
import Testing

@testable import Reporting

struct TraceWaterfallTests {
    private func trace(_ spans: [ExemplarTrace.Span], omitted: Int = 0) -> ExemplarTrace {
        ExemplarTrace(traceID: TraceID(high: 1, low: 2), duration: 100, spans: spans, omittedSpans: omitted)
    }

    private func span(_ name: String, _ parent: Int?, _ start: UInt64, _ duration: UInt64) -> ExemplarTrace.Span {
        ExemplarTrace.Span(service: "shop", name: name, parent: parent, start: start, duration: duration, critical: 1)
    }

    @Test func `alike siblings share a row, with all of their bars`() throws {
        let queries = (0..<5).map { span("SELECT", 0, UInt64(10 * $0), 8) }
        let waterfall = try #require(TraceWaterfall(trace([span("GET /", nil, 0, 100)] + queries), scale: 100))
        #expect(waterfall.rows.map(\.label) == ["shop: GET /", "shop: SELECT"])
        #expect(waterfall.rows[1].parts.count == 5)
        #expect(waterfall.rows[1].end == 48)
        #expect(waterfall.rows.map(\.depth) == [0, 1])
    }

    @Test func `three alike siblings are three rows`() throws {
        let queries = (0..<3).map { span("SELECT", 0, UInt64(10 * $0), 8) }
        let waterfall = try #require(TraceWaterfall(trace([span("GET /", nil, 0, 100)] + queries), scale: 100))
        #expect(waterfall.rows.count == 4)
    }

    @Test func `what is not shown is counted, and nonsense parents do no harm`() throws {
        let spans = (0..<60).map { span("step \($0)", $0 == 0 ? nil : 99, UInt64($0), .max) }
        let waterfall = try #require(TraceWaterfall(trace(spans, omitted: 7), scale: 100))
        #expect(waterfall.rows.count + waterfall.omitted == 67)
        #expect(throws: Never.self) { try XMLReader.read(Array(waterfall.svg().utf8)) }
    }

    @Test func `the culprit's trace and its twin share one scale`() {
        let pair = TraceWaterfall.pair(of: SampleReports.regression.tests[0])
        #expect(pair.now?.rows.contains { $0.parts.count == 25 } ?? false)
        #expect(pair.before?.rows.contains { $0.label == "catalog: SELECT products" && $0.parts.count == 1 } ?? false)
        #expect(TraceWaterfall.pair(of: SampleReports.exploratory.tests[0]).before == nil)
    }
}

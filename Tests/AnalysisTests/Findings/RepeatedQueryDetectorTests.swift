import Analysis
import Correlation
import Testing

@Suite struct RepeatedQueryDetectorTests {
    private func findings(_ traces: QueryTraces) -> [Finding] {
        RepeatedQueryDetector().findings(in: ComparedRun(run: traces.run(), comparisons: [nil]))
    }

    @Test func `names who issues the query and what it costs`() throws {
        let found = findings(QueryTraces(counts: [21]))
        let finding = try #require(found.first)
        #expect(found.count == 1)
        #expect(finding.id == "F13")
        #expect(finding.culprit.service == "orders")
        #expect(finding.culprit.operation == "GET /orders/{id}")
        #expect(finding.culprit.attribute == EndpointModel.itemsQuery)
        #expect(finding.evidence.numbers["medianCount"] == 21)
        #expect(finding.evidence.numbers["totalMs"] == 42)
        #expect(finding.evidence.numbers["savedMs"] == 40)
        #expect(finding.isRegression == false)
        #expect(
            finding.sentence.hasPrefix(
                "orders GET /orders/{id} runs SELECT items 21 times a request: "
            )
        )
    }

    @Test func `with a baseline it tells before from after`() throws {
        let run = QueryTraces(counts: [21]).compared()
        let finding = try #require(RepeatedQueryDetector().findings(in: run).first)
        #expect(finding.isRegression)
        #expect(finding.severity == .critical)
        #expect(finding.evidence.numbers["callsBefore"] == 1)
        #expect(finding.evidence.numbers["callsAfter"] == 21)
        let share = try #require(finding.evidence.explainedShare)
        #expect(share > 0.8)
        #expect(finding.sentence.contains("21 times a request (before: 1): "))
        #expect(finding.sentence.contains(" of the slowdown of GET /api/orders, +"))
        #expect(finding.sentence.hasSuffix(" ms on the critical path"))
        #expect(finding.evidence.baselineTraceID != nil)
    }

    private func withGaps(issuerMilliseconds: Double) throws -> Finding {
        let traces = QueryTraces(
            counts: [21],
            gap: 1_000_000,
            rootNanoseconds: 90_000_000,
            issuerMilliseconds: issuerMilliseconds
        )
        return try #require(RepeatedQueryDetector().findings(in: traces.compared()).first)
    }

    @Test func `the time between the calls is theirs`() throws {
        let finding = try withGaps(issuerMilliseconds: 60)
        let gap = try #require(finding.evidence.numbers["gapDeltaMs"])
        #expect(abs(gap - 20) < 0.1)
        #expect(finding.sentence.hasSuffix(", the time between the calls included"))
    }

    @Test func `but never more than the issuer got slower`() throws {
        let gap = try #require(try withGaps(issuerMilliseconds: 5).evidence.numbers["gapDeltaMs"])
        #expect(gap > 0)
        #expect(gap < 10)
    }

    @Test func `four queries are not many`() {
        #expect(findings(QueryTraces(counts: [4])).isEmpty)
        #expect(findings(QueryTraces(counts: [5])).count == 1)
    }

    @Test func `queries that run side by side are no N plus one`() {
        #expect(findings(QueryTraces(counts: [10], gap: -1_900_000)).isEmpty)
    }

    @Test func `queries that take no time are left alone`() {
        #expect(findings(QueryTraces(counts: [10], queryNanoseconds: 10_000)).isEmpty)
    }

    @Test func `one trace in five is needed`() {
        var counts = [Int](repeating: 1, count: 40)
        for index in 0..<7 { counts[index] = 12 }
        #expect(findings(QueryTraces(counts: counts)).isEmpty)
        counts[7] = 12
        #expect(findings(QueryTraces(counts: counts)).count == 1)
    }

    @Test func `a constant count without a source query is only chatty`() {
        let chatty = findings(QueryTraces(counts: [8], hasSourceQuery: false))
        let varying = findings(QueryTraces(counts: [6, 20], hasSourceQuery: false))
        #expect(chatty.map(\.confidence) == [0.7])
        #expect(varying.map(\.confidence) == [0.9])
    }

    @Test func `traces that are not complete do not count`() {
        var run = QueryTraces(counts: [21]).run()
        for index in run.tests[0].traces.indices { run.tests[0].traces[index].state = .orphaned }
        let found = RepeatedQueryDetector().findings(in: ComparedRun(run: run, comparisons: [nil]))
        #expect(found.isEmpty)
    }
}

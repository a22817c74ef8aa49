import Foundation
import Statistics
import Telemetry
import TestSupport
import Testing

@testable import Correlation

@Suite struct WindowBuilderTests {
    private static let second: UInt64 = 1_000_000_000
    private static let millisecond: UInt64 = 1_000_000

    @Test func `durations, own time, entries and bins are those of the spans`() throws {
        var spans = WindowSpans()
        for trace in 0..<6 as Range<UInt64> {
            let start = trace * 10 * Self.second
            spans.add(trace: trace, id: 1, "web", "GET /", start: start, duration: 10 * Self.millisecond)
            spans.add(
                trace: trace,
                id: 2,
                parent: 1,
                "db",
                "SELECT",
                start: start + Self.millisecond,
                duration: 6 * Self.millisecond,
                kind: .client
            )
        }
        let window = spans.built().window
        #expect(window.traces == 6)
        #expect(window.spans == 12)
        #expect(window.operations.map(\.operation.service) == ["db", "web"])
        let (database, web) = (window.operations[0], window.operations[1])
        #expect((database.entries, web.entries) == (0, 6))
        #expect((database.total.minimum, database.own.maximum) == (6 * Self.millisecond, 6 * Self.millisecond))
        #expect((web.total.minimum, web.own.minimum, web.own.count) == (10 * Self.millisecond, 4 * Self.millisecond, 6))
        #expect(web.bins.map(\.spans) == [1, 1, 1, 1, 1, 1])
        #expect(abs(web.bins[3].logDurationSum - log(1e7)) < 1e-9)
        #expect(window.paths.map(\.frame.operation.name) == ["GET /", "SELECT"])
        #expect(window.paths.map(\.parent) == [nil, 0])
        #expect(window.paths.map(\.criticalNanoseconds) == [6 * 4 * Self.millisecond, 6 * 6 * Self.millisecond])
        #expect(window.paths.map(\.calls) == [6, 6])
    }

    @Test func `each version of a service stands by itself`() {
        var spans = WindowSpans()
        for trace in 0..<10 as Range<UInt64> {
            let version = trace < 7 ? "1.0" : "1.1"
            spans.add(trace: trace, id: 1, "web", "GET /", start: trace, duration: 5, version: version)
        }
        let operations = spans.built().window.operations
        #expect(operations.map(\.version) == ["1.0", "1.1"])
        #expect(operations.map(\.count) == [7, 3])
    }

    @Test func `classes of error are counted, and the rarest beyond the limit folded`() {
        var spans = WindowSpans()
        for trace in 0..<60 as Range<UInt64> {
            let type = trace < 40 ? "E\(trace % 2)" : "rare\(trace)"
            spans.add(trace: trace, id: 1, "web", "GET /", start: trace, duration: 5, errorType: type)
        }
        let operation = spans.built().window.operations[0]
        #expect(operation.errors == 60)
        #expect(operation.errorTypes.count == 16)
        #expect(operation.errorTypes["E0"] == 20)
        #expect(operation.errorTypes.values.reduce(0, +) == 60)
        #expect(operation.errorTypes["other"] == 7)
        #expect(operation.bins.reduce(0) { $0 + $1.errors } == 60)
    }

    @Test func `operations and paths beyond the limits are folded, and no span is lost`() {
        var spans = WindowSpans()
        for trace in 0..<50 as Range<UInt64> {
            let count = trace < 5 ? 3 : 1
            for id in 1...count {
                spans.add(
                    trace: trace,
                    id: UInt64(id),
                    parent: id == 1 ? 0 : 1,
                    "web",
                    "GET /\(trace)",
                    start: 100 * trace,
                    duration: 50
                )
            }
        }
        var limits = WindowLimits()
        limits.operations = 10
        limits.paths = 8
        let window = spans.built(limits: limits).window
        #expect(window.operations.count == 10)
        #expect(window.paths.count == 8)
        #expect(window.operations.reduce(0) { $0 + $1.count } == 60)
        #expect(window.paths.reduce(0) { $0 + $1.calls } == 60)
        #expect(window.operations.first?.operation.service == "<other>")
        // The most frequent are never those that are folded.
        #expect((0..<5).allSatisfy { number in window.operations.contains { $0.operation.name == "GET /\(number)" } })
        #expect(window.paths.filter { $0.frame.synthetic == .other }.count == 1)
    }

    @Test func `a span that came twice counts once`() {
        var spans = WindowSpans()
        for _ in 0..<3 { spans.add(trace: 1, id: 1, "web", "GET /", start: 5, duration: 7) }
        let built = spans.built()
        #expect(built.window.spans == 1)
        #expect(built.duplicateSpans == 2)
    }

    @Test func `the evidence is a failed trace of each class, and the worst and a typical one of each entry`() throws {
        var spans = WindowSpans()
        for trace in 1...20 as ClosedRange<UInt64> {
            spans.add(
                trace: trace,
                id: 1,
                "web",
                "GET /",
                start: trace,
                duration: trace * 10,
                errorType: trace == 3 || trace == 4 ? "timeout" : ""
            )
        }
        let exemplars = spans.built().exemplars
        #expect(exemplars.map(\.role) == [.erroring, .worst, .typical])
        #expect(exemplars.map(\.trace.low) == [3, 20, 10])
    }

    @Test func `the order of arrival does not matter`() {
        var generator = SeededGenerator(seed: 21)
        var spans = WindowSpans()
        for trace in 0..<30 as Range<UInt64> {
            spans.add(trace: trace, id: 1, "web", "GET /\(trace % 3)", start: trace * 100, duration: 90, version: "1")
            spans.add(trace: trace, id: 2, parent: 1, "db", "SELECT", start: trace * 100 + 5, duration: 20 + trace)
        }
        let builder = WindowBuilder(vocabulary: spans.vocabulary)
        let expected = builder.build(start: 0, spans: spans.table)
        for _ in 0..<5 {
            let order = spans.table.indices.map { UInt32($0) }.shuffled(using: &generator)
            let built = builder.build(start: 0, spans: spans.table.selecting(order))
            #expect(built.window == expected.window)
            #expect(built.exemplars.map(\.trace) == expected.exemplars.map(\.trace))
        }
    }

    @Test func `no spans make an empty window`() {
        let built = WindowSpans().built(120 * Self.second)
        #expect(built.window == TelemetryWindow(start: 120 * Self.second))
        #expect(built.exemplars.isEmpty)
    }

    @Test func `two parts of a minute add up to the whole`() {
        var (first, second, both) = (WindowSpans(), WindowSpans(), WindowSpans())
        for trace in 0..<40 as Range<UInt64> {
            let name = "GET /\(trace % 5)"
            let error = trace % 7 == 0 ? "E" : ""
            // Durations are powers of two: sums of logarithms are then the same in any order.
            let duration: UInt64 = 1 << (trace % 4)
            both.add(trace: trace, id: 1, "web", name, start: trace, duration: duration, errorType: error)
            if trace < 15 {
                first.add(trace: trace, id: 1, "web", name, start: trace, duration: duration, errorType: error)
            } else {
                second.add(trace: trace, id: 1, "web", name, start: trace, duration: duration, errorType: error)
            }
        }
        var merged = first.built().window
        merged.merge(second.built().window)
        let whole = both.built().window
        #expect(merged.operations.map(\.total) == whole.operations.map(\.total))
        #expect(merged.operations.map(\.own) == whole.operations.map(\.own))
        #expect(merged.operations.map(\.errorTypes) == whole.operations.map(\.errorTypes))
        #expect(merged.operations.map { $0.bins.map(\.spans) } == whole.operations.map { $0.bins.map(\.spans) })
        #expect(Set(merged.paths.map(\.frame)) == Set(whole.paths.map(\.frame)))
        #expect(merged.paths.reduce(0) { $0 + $1.calls } == whole.paths.reduce(0) { $0 + $1.calls })
        #expect((merged.traces, merged.spans) == (whole.traces, whole.spans))
    }

    @Test func `a document tells all that is known of a trace, callers first`() throws {
        var spans = WindowSpans()
        spans.add(trace: 9, id: 2, parent: 1, "db", "SELECT", start: 100, duration: 5, errorType: "timeout")
        spans.add(trace: 9, id: 1, "web", "GET /", start: 100, duration: 50, version: "3.1")
        let document = TraceDocument(spans.table.indices, of: spans.table, vocabulary: spans.vocabulary)
        #expect(document.traceID.low == 9)
        #expect(document.spans.map(\.spanID) == ["0000000000000001", "0000000000000002"])
        #expect(document.spans[0].attributes == ["service.version": "3.1"])
        #expect(document.spans[1].parentID == "0000000000000001")
        #expect(document.spans.map(\.errorType) == [nil, "timeout"])
        #expect(document.root?.service == "web")
    }
}

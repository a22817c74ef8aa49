import Correlation
import Statistics
import Telemetry
import TestSupport
import Testing

@testable import Web

@Suite struct OperationBookTests {
    private func window(_ traffic: [String: Int], minute: Int = 0) -> TelemetryWindow {
        var window = TelemetryWindow(start: UInt64(minute) * TelemetryWindow.length)
        for (name, spans) in traffic {
            var operation = OperationWindow(operation: OperationKey(service: "shop", name: name, kind: .server))
            operation.total.record(30_000_000, times: UInt64(spans))
            window.operations.append(operation)
        }
        return window
    }

    private func counts(_ book: OperationBook) -> [String: UInt64] {
        Dictionary(uniqueKeysWithValues: book.tallies.map { ($0.key.operation, $0.value.count) })
    }

    @Test func `the busiest operations have series of their own, the rest are other`() {
        var book = OperationBook(limit: 2)
        book.add(window(["a": 5, "b": 50, "c": 20, "d": 1]))
        #expect(counts(book) == ["b": 50, "c": 20])
        #expect(book.other.count == 6)
    }

    @Test func `no counter goes backwards while its series lives, and no span is lost`() {
        var random = SeededGenerator(seed: 7)
        var book = OperationBook(limit: 4)
        var before: [String: UInt64] = [:]
        var (spans, gone) = (0, 0)
        for minute in 0..<300 {
            var traffic: [String: Int] = [:]
            for number in 0..<8 where Bool.random(using: &random) {
                traffic["op\(number)"] = Int.random(in: 1...40, using: &random)
            }
            let other = book.other.count
            book.add(window(traffic, minute: minute))
            spans += traffic.values.reduce(0, +)
            let after = counts(book)
            for (name, count) in before {
                if let now = after[name] { #expect(now >= count) } else { gone += Int(count) }
            }
            #expect(after.count <= 4)
            #expect(book.other.count >= other)
            before = after
        }
        #expect(Int(before.values.reduce(0, +) + book.other.count) + gone == spans)
    }

    @Test func `a newcomer of twice the traffic takes the place of the weakest`() {
        var book = OperationBook(limit: 2)
        book.add(window(["a": 100, "b": 10]))
        book.add(window(["a": 100, "b": 10, "c": 19], minute: 1))
        #expect(counts(book) == ["a": 200, "b": 20])
        book.add(window(["a": 100, "b": 10, "d": 50], minute: 2))
        #expect(counts(book) == ["a": 300, "d": 50])
    }

    @Test func `operations known before begin at zero`() {
        var book = OperationBook(limit: 2)
        book.expect(window(["a": 5, "b": 50, "c": 20]))
        #expect(counts(book) == ["b": 0, "c": 0])
    }

    @Test func `names that are alike once cleaned are one series`() {
        var book = OperationBook()
        book.add(window(["bad\u{1}name": 1, "bad\u{2}name": 2, String(repeating: "x", count: 500): 3]))
        #expect(counts(book) == ["bad name": 3, String(repeating: "x", count: 120): 3])
    }

    @Test func `every span stands in the bucket of its duration`() {
        var operation = OperationWindow(operation: SampleMinutes.checkout)
        for milliseconds: UInt64 in [1, 30, 30, 700, 20_000] { operation.total.record(milliseconds * 1_000_000) }
        let tally = OperationCounters(operation)
        #expect(tally.counts == [1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1])
        #expect(abs(tally.seconds - 20.761) < 1e-9)
    }

    @Test func `an exemplar stands in a bucket that counts something, the newest of it`() {
        var book = OperationBook()
        book.add(SampleMinutes.window(0))
        book.show((0..<20).map { SampleMinutes.trace($0, in: 0) })
        let tally = book.tallies[OperationLabels(SampleMinutes.checkout)]
        for (index, exemplar) in (tally?.exemplars ?? []).enumerated() {
            #expect((exemplar != nil) == ((tally?.counts[index] ?? 0) > 0))
            guard let exemplar else { continue }
            #expect(
                exemplar.value <= (index < OperationCounters.bounds.count ? OperationCounters.bounds[index] : .infinity)
            )
            #expect(index == 0 || exemplar.value > OperationCounters.bounds[index - 1])
        }
        #expect(tally?.exemplars.compactMap { $0 }.isEmpty == false)
    }
}

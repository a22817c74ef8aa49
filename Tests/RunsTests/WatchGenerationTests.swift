import Baselines
import Correlation
import Telemetry
import Testing

@testable import Runs

@Suite struct WatchGenerationTests {
    private static let minute = WatchFixture.minute
    private static let origin = WatchFixture.origin

    private static func batch(_ vocabulary: Vocabulary, trace: UInt64, at time: UInt64, name: String) -> TelemetryBatch
    {
        var batch = TelemetryBatch()
        batch.spans.append(
            SpanFields(
                traceID: TraceID(high: 1, low: trace),
                spanID: SpanID(trace + 1),
                parentID: SpanID(0),
                startNanoseconds: time,
                endNanoseconds: time + 1_000,
                operation: vocabulary.intern(OperationKey(service: "shop", name: name, kind: .server)),
                kind: .server
            ),
            attributes: [vocabulary.intern(key: vocabulary.intern("k"), value: vocabulary.intern(name))]
        )
        return batch
    }

    @Test func `a vocabulary that is half full is replaced, and no span changes its name by it`() throws {
        let memory = WatchMemory(settings: WatchSettings(), now: Self.origin) { Vocabulary(byteLimit: 20_000) }
        var vocabularies: Set<ObjectIdentifier> = []
        var seen: [String: Int] = [:]
        for minute in 0..<40 as Range<UInt64> {
            for number in 0..<20 as Range<UInt64> {
                let generation = memory.intake.current
                vocabularies.insert(ObjectIdentifier(generation.vocabulary))
                let time = Self.origin + minute * Self.minute + number * 3_000_000_000
                let name = "GET /\(minute)/\(number)"
                _ = generation.inbox.append(
                    Self.batch(generation.vocabulary, trace: minute * 100 + number, at: time, name: name)
                )
                for closed in memory.advance(to: time) {
                    for operation in closed.window.operations {
                        seen[operation.operation.name, default: 0] += operation.count
                    }
                }
            }
        }
        for closed in memory.closeAll(at: Self.origin + 41 * Self.minute) {
            for operation in closed.window.operations { seen[operation.operation.name, default: 0] += operation.count }
        }
        #expect(vocabularies.count > 3)
        #expect(seen.count == 800)
        #expect(seen.values.allSatisfy { $0 == 1 })
        #expect(seen["_overflow"] == nil)
    }

    @Test func `what a request decoded with the vocabulary before is taken in under the right names`() throws {
        let memory = WatchMemory(settings: WatchSettings(), now: Self.origin) { Vocabulary(byteLimit: 2_000) }
        let old = memory.intake.current
        for number in 0..<20 { _ = old.vocabulary.intern("filler \(number)") }
        _ = memory.advance(to: Self.origin + 1)
        let new = memory.intake.current
        #expect(new !== old)
        _ = new.inbox.append(Self.batch(new.vocabulary, trace: 1, at: Self.origin + 2, name: "new"))
        _ = old.inbox.append(Self.batch(old.vocabulary, trace: 2, at: Self.origin + 2, name: "old"))
        let closed = memory.closeAll(at: Self.origin + 10)
        #expect(closed.flatMap { $0.window.operations.map(\.operation.name) } == ["new", "old"])
        let attributes = closed.flatMap { $0.traces.flatMap { $0.document.spans.map(\.attributes) } }
        #expect(Set(attributes) == [["k": "new"], ["k": "old"]])
    }
}

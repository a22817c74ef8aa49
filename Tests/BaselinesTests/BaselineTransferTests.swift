import Analysis
import Baselines
import Foundation
import Testing

@Suite struct BaselineTransferTests {
    private typealias Place = TemporaryStore

    @Test func `an export taken in elsewhere gives the same baselines and decisions`() async throws {
        let (here, there) = (try Place(), try Place())
        defer { for place in [here, there] { place.remove() } }
        let store = try BaselineStore(path: here.path)
        for minute in 0..<4 { try await store.record(Place.report("run-\(minute)", minute: UInt64(minute))) }
        try await store.record(Place.regressed("run-4", minute: 4))
        _ = try await store.decide(.promoted, run: "run-1", now: 1)
        let other = try BaselineStore(path: there.path)
        let counts = try await other.import(try await store.export())
        #expect(counts == (5, 0))
        #expect(try await other.baselines(for: Place.key) == store.baselines(for: Place.key))
        #expect(try await other.runs() == store.runs())
        #expect(try await other.summary(of: Place.key) == store.summary(of: Place.key))
        #expect(try await other.import(try await store.export()) == (0, 5))
    }

    @Test func `chosen runs alone are exported`() async throws {
        let (here, there) = (try Place(), try Place())
        defer { for place in [here, there] { place.remove() } }
        let store = try BaselineStore(path: here.path)
        for minute in 0..<3 { try await store.record(Place.report("run-\(minute)", minute: UInt64(minute))) }
        let other = try BaselineStore(path: there.path)
        _ = try await other.import(try await store.export(["run-2", "run-0", "nobody"]))
        #expect(try await other.runs().map(\.id) == ["run-2", "run-0"])
    }

    @Test func `a damaged export is refused whole, with the line that is broken`() async throws {
        let (here, there) = (try Place(), try Place())
        defer { for place in [here, there] { place.remove() } }
        let store = try BaselineStore(path: here.path)
        for minute in 0..<3 { try await store.record(Place.report("run-\(minute)", minute: UInt64(minute))) }
        let text = String(decoding: try await store.export(), as: UTF8.self)
        let lines = text.split(separator: "\n").map(String.init)
        let other = try BaselineStore(path: there.path)
        func refusal(_ lines: [String]) async -> BaselineTransferError? {
            await #expect(throws: BaselineTransferError.self) {
                try await other.import(Data(lines.joined(separator: "\n").utf8))
            }
        }
        #expect(await refusal(["hello"]) == .notAnExport)
        #expect(await refusal([]) == .notAnExport)
        #expect(await refusal(Array(lines.dropLast())) == .wrongCount(expected: 3, found: 2))
        #expect(
            await refusal(["{\"runs\":0,\"schema\":\"plimsoll-baseline/2\"}"]) == .unknownSchema("plimsoll-baseline/2")
        )
        let cut = [lines[0], lines[1], String(lines[2].prefix(400)), lines[3]]
        guard case .brokenLine(3, _) = await refusal(cut) else { return #expect(Bool(false), "line 3 is not named") }
        #expect(try await other.runs().isEmpty)
    }
}

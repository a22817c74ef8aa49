import Analysis
import Baselines
import Foundation
import Testing

/// The store in the hands of other processes: `#expect(processExitsWith:)` runs its body in one of its own.
@Suite struct ProcessTests {
    private typealias Place = TemporaryStore

    @Test func `two processes record at once and lose nothing`() async throws {
        let place = try Place()
        defer { place.remove() }
        let path = place.path
        async let first = #expect(processExitsWith: .success) { [path = path as String] in
            for run in 0..<25 {
                try await BaselineStore(path: path).record(TemporaryStore.report("a-\(run)", minute: UInt64(run)))
            }
        }
        async let second = #expect(processExitsWith: .success) { [path = path as String] in
            let store = try BaselineStore(path: path)
            for run in 0..<25 { try await store.record(TemporaryStore.report("b-\(run)", minute: UInt64(run))) }
        }
        _ = await (first, second)
        let store = try BaselineStore(path: path)
        let runs = try await store.runs(limit: 100)
        #expect(runs.count == 50)
        #expect(try await store.baselines(for: Place.key, limit: 100).count == 50)
        for run in runs { #expect(try await store.report(run.id)?.run.id == run.id) }
    }

    @Test(arguments: [20, 45, 80, 140, 230])
    func `a process killed while it writes loses nothing it committed`(milliseconds: Int) async throws {
        let place = try Place()
        defer { place.remove() }
        let (path, ledger) = (place.path, place.folder + "/ledger")
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, ledger = ledger as String, milliseconds] in
            let store = try BaselineStore(path: path)
            _ = FileManager.default.createFile(atPath: ledger, contents: nil)
            let handle = try FileHandle(forWritingTo: URL(filePath: ledger))
            Thread.detachNewThread {
                Thread.sleep(forTimeInterval: Double(milliseconds) / 1e3)
                kill(getpid(), SIGKILL)
            }
            for run in 0..<100_000 {
                try await store.record(TemporaryStore.report("run-\(run)", minute: UInt64(run)))
                try handle.write(contentsOf: Data("run-\(run)\n".utf8))
            }
        }
        let committed = try String(contentsOfFile: ledger, encoding: .utf8).split(separator: "\n").map(String.init)
        let store = try BaselineStore(path: path)
        let found = try await store.runs(limit: 200_000).map(\.id)
        #expect(Set(found).isSuperset(of: committed))
        // The run in flight is there whole or not at all.
        #expect(found.count <= committed.count + 1)
        for id in found { #expect(try await store.report(id)?.tests.count == 1) }
        #expect(try await store.baselines(for: Place.key, limit: 200_000).count == found.count)
        try await store.record(Place.report("afterwards", minute: 200_000))
        #expect(try await store.runs(limit: 1).map(\.id) == ["afterwards"])
    }
}

import Analysis
import Baselines
import Foundation
import TestSupport
import Testing

/// What is refused, and left byte for byte as it was.
@Suite struct StoreFileTests {
    private typealias Place = TemporaryStore

    private func refusal(_ place: Place) throws -> BaselineStoreError? {
        let before = try place.bytes
        let error = #expect(throws: BaselineStoreError.self) { try BaselineStore(path: place.path) }
        #expect(try place.bytes == before)
        return error
    }

    private func recorded(_ place: Place, runs: Int = 3) async throws {
        let store = try BaselineStore(path: place.path)
        for minute in 0..<runs { try await store.record(Place.report("run-\(minute)", minute: UInt64(minute))) }
    }

    @Test func `a file that is no store`() throws {
        let place = try Place()
        defer { place.remove() }
        let letter = "this is somebody's letter, not a database, and long enough to be looked at"
        try Data(letter.utf8).write(to: URL(filePath: place.path))
        guard case .damaged = try refusal(place) else { return #expect(Bool(false), "not called damaged") }
    }

    @Test func `a store whose pages are overwritten`() async throws {
        let place = try Place()
        defer { place.remove() }
        try await recorded(place)
        var bytes = try place.bytes
        for offset in stride(from: 4096, to: min(bytes.count, 10 * 4096), by: 1) {
            bytes[bytes.startIndex + offset] = UInt8(truncatingIfNeeded: offset &* 31)
        }
        try bytes.write(to: URL(filePath: place.path))
        let error = try #require(try refusal(place))
        guard case .damaged = error else { return #expect(Bool(false), "\(error)") }
        #expect(error.description.contains("--store"))
        #expect(!error.description.contains("\n"))
    }

    @Test func `a store that was cut off`() async throws {
        let place = try Place()
        defer { place.remove() }
        try await recorded(place)
        let bytes = try place.bytes
        try bytes.prefix(bytes.count / 2).write(to: URL(filePath: place.path))
        guard case .damaged = try refusal(place) else { return #expect(Bool(false), "not called damaged") }
    }

    @Test(arguments: ["", "/dev/null"]) func `a path that is no file`(path: String) throws {
        let error = #expect(throws: BaselineStoreError.self) { try BaselineStore(path: path) }
        guard case .unusable = error else { return #expect(Bool(false), "not called unusable: \(error as Any)") }
    }

    @Test func `a store that another process keeps locked is given up after one wait`() async throws {
        let place = try Place()
        defer { place.remove() }
        let holder = try Command(
            "/usr/bin/env",
            [
                "python3", "-c",
                """
                import sqlite3, sys, time
                store = sqlite3.connect(sys.argv[1], isolation_level=None)
                store.execute("PRAGMA journal_mode = WAL")
                store.execute("BEGIN IMMEDIATE")
                print("locked", file=sys.stderr, flush=True)
                time.sleep(120)
                """, place.path,
            ]
        )
        defer { kill(holder.processIdentifier, SIGKILL) }
        for _ in 0..<200 where holder.standardErrorSoFar.isEmpty { try await Task.sleep(for: .milliseconds(50)) }
        try #require(holder.standardErrorSoFar.contains("locked"))
        let start = ContinuousClock.now
        let error = #expect(throws: BaselineStoreError.self) { try BaselineStore(path: place.path) }
        guard case .busy = error else { return #expect(Bool(false), "not called busy: \(error as Any)") }
        // A wait or two of five seconds, where it was twenty-five.
        #expect(ContinuousClock.now - start < .seconds(40))
    }

    @Test func `a store of a later version`() async throws {
        let place = try Place()
        defer { place.remove() }
        try await recorded(place)
        // The names of the applied migrations stand in the file as text.
        var bytes = try place.bytes
        while let range = bytes.range(of: Data("2-decisions".utf8)) {
            bytes.replaceSubrange(range, with: Data("9-elsewhere".utf8))
        }
        try bytes.write(to: URL(filePath: place.path))
        #expect(try refusal(place) == .newerSchema(path: place.path, found: "9-elsewhere"))
    }

    @Test func `a folder, and a place that does not exist`() throws {
        let place = try Place()
        defer { place.remove() }
        #expect(throws: BaselineStoreError.self) { try BaselineStore(path: place.folder) }
        #expect(throws: BaselineStoreError.self) { try BaselineStore(path: place.folder + "/no/such/plimsoll.db") }
        #expect(!FileManager.default.fileExists(atPath: place.folder + "/no"))
    }

    @Test func `a store that is damaged while in use says so and is not overwritten`() async throws {
        let place = try Place()
        defer { place.remove() }
        try await recorded(place, runs: 40)
        let store = try BaselineStore(path: place.path)
        let handle = try FileHandle(forUpdating: URL(filePath: place.path))
        let size = try handle.seekToEnd()
        for page in stride(from: UInt64(2 * 4096), to: size, by: 4096) {
            try handle.seek(toOffset: page)
            try handle.write(contentsOf: Data(repeating: 0xA5, count: 4096))
        }
        try handle.close()
        await #expect(throws: BaselineStoreError.self) { try await store.report("run-1") }
    }
}

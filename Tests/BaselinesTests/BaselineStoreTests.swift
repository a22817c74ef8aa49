import Baselines
import Foundation
import Testing

@Suite struct BaselineStoreTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "plimsoll-\(UUID().uuidString)").path

    @Test func `a new store has no baseline`() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try BaselineStore(path: folder + "/new/plimsoll.db")
        let key = BaselineKey(moduleID: "m", editionID: "e", testType: "load", endpoint: "GET /")
        #expect(try await store.baselines(for: key).isEmpty)
        #expect(try await store.runs().isEmpty)
    }

    @Test func `a file that is no store is refused and left as it was`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/plimsoll.db"
        let bytes = Data("this is somebody's letter, not a database, and long enough to be looked at".utf8)
        try bytes.write(to: URL(filePath: path))
        #expect(throws: BaselineStoreError.self) { try BaselineStore(path: path) }
        #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    }
}

import Analysis
import Baselines
import Correlation
import Foundation
import TestSupport

/// A store with the windows around `SampleDeploy`, removed when the test lets go of it.
final class CheckedStore: Sendable {
    let store: BaselineStore
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "plimsoll-check-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try BaselineStore(path: folder.appending(path: "plimsoll.db").path)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var path: String { store.path }

    static func with(minutesAfter: Int, slowdown: Double = 1) async throws -> CheckedStore {
        let place = try CheckedStore()
        try await place.store.record(SampleDeploy.marker)
        for window in SampleDeploy.windows(after: minutesAfter, slowdown: slowdown) {
            try await place.store.record(window)
        }
        return place
    }
}

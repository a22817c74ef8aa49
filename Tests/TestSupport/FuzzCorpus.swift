import Foundation

/// The seeds of the fuzzers, and every input that ever crashed one.
package enum FuzzCorpus {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../fixtures/fuzz").standardized

    /// Those of one fuzzer of `scripts/fuzz`, in order of their names.
    package static func inputs(_ name: String) throws -> [[UInt8]] {
        try FileManager.default.contentsOfDirectory(at: folder.appending(path: name), includingPropertiesForKeys: nil)
            .sorted { $0.path < $1.path }
            .map { Array(try Data(contentsOf: $0)) }
    }
}

import Foundation
import Reporting

/// Where a command's one result goes.
enum ReportFile {
    /// To the file at `path`, whole or not at all; to standard output without one, or for `-`.
    static func write(_ contents: [UInt8], to path: String?) throws {
        guard let path, path != "-" else {
            try writeResult(String(decoding: contents, as: UTF8.self), to: STDOUT_FILENO, terminator: "")
            return
        }
        let file = URL(filePath: path)
        try ArtifactWriter(directory: file.deletingLastPathComponent().path)
            .write([Artifact(path: file.lastPathComponent, contents: contents)])
    }
}

import Foundation

/// Compares `actual` with the golden file `Snapshots/<name>` beside the calling test.
///
/// With `RECORD_SNAPSHOTS` set the file is written, and the test fails all the same: a suite that records has proved
/// nothing. Throws `SnapshotMismatch`.
package func expectSnapshot(of actual: [UInt8], named name: String, testFile: String = #filePath) throws {
    let file = URL(filePath: testFile).deletingLastPathComponent().appending(path: "Snapshots/\(name)")
    guard ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == nil else {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(actual).write(to: file)
        throw SnapshotMismatch(name: name, explanation: "recorded; run again without RECORD_SNAPSHOTS")
    }
    guard let golden = try? Data(contentsOf: file) else {
        throw SnapshotMismatch(name: name, explanation: "no golden file; record one with RECORD_SNAPSHOTS=1")
    }
    guard !golden.elementsEqual(actual) else { return }
    throw SnapshotMismatch(name: name, explanation: firstDifference(from: Array(golden), to: actual))
}

package func expectSnapshot(of actual: String, named name: String, testFile: String = #filePath) throws {
    try expectSnapshot(of: Array(actual.utf8), named: name, testFile: testFile)
}

/// How a text differs from its golden file.
package struct SnapshotMismatch: Error, CustomStringConvertible {
    package var name: String
    package var explanation: String

    package var description: String { "snapshot \(name): \(explanation)" }
}

private func firstDifference(from golden: [UInt8], to actual: [UInt8]) -> String {
    let newline = UInt8(ascii: "\n")
    let expected = golden.split(separator: newline, omittingEmptySubsequences: false)
    let found = actual.split(separator: newline, omittingEmptySubsequences: false)
    let line = zip(expected, found).enumerated().first { $1.0 != $1.1 }?.offset ?? min(expected.count, found.count)
    func text(_ lines: [ArraySlice<UInt8>]) -> String {
        line < lines.count ? String(String(decoding: lines[line], as: UTF8.self).prefix(200)) : "<end of file>"
    }
    return "line \(line + 1) differs\n  golden: \(text(expected))\n  actual: \(text(found))"
}

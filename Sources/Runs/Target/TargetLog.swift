import Foundation
import Glibc

/// What the target printed: a file that neither fills the disk nor, shown to a person, their terminal.
struct TargetLog: Sendable {
    let path: String

    /// A target that prints more than this is a fault; it must not become the machine's.
    static let limit: off_t = 64 << 20
    private static let step = Duration.milliseconds(250)
    private static let shownBytes = 8192
    private static let shownCharacters = 200

    /// Until cancelled, empties the file whenever it has grown beyond the limit, and says so in it.
    ///
    /// The newest is kept because the last words of a target explain its end. Between two looks more may stand there.
    func keepBounded() async {
        while (try? await Task.sleep(for: TargetLog.step)) != nil { cut() }
    }

    func cut() {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let size = attributes?[.size] as? Int, size > TargetLog.limit, truncate(path, 0) == 0 else { return }
        let words = "[plimsoll: cut here, \(size) bytes; a log may hold \(TargetLog.limit >> 20) MiB]\n"
        let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard file >= 0 else { return }
        defer { close(file) }
        _ = words.withCString { write(file, $0, strlen($0)) }
    }

    /// The last lines, for an error message: without control characters, long ones by their end.
    func lastLines(_ count: Int = 5) -> [String] {
        guard let file = FileHandle(forReadingAtPath: path) else { return [] }
        defer { try? file.close() }
        let size = (try? file.seekToEnd()) ?? 0
        let shown = UInt64(TargetLog.shownBytes)
        try? file.seek(toOffset: size > shown ? size - shown : 0)
        let data = (try? file.read(upToCount: TargetLog.shownBytes)) ?? Data()
        return String(decoding: data, as: UTF8.self)
            .split(whereSeparator: \.isNewline)
            .suffix(count)
            .map { TargetLog.plain($0) }
    }

    private static func plain(_ line: Substring) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in line.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format: kept.append(" ")
            default: kept.append(scalar)
            }
        }
        let text = String(kept)
        return text.count <= shownCharacters ? text : "…" + text.suffix(shownCharacters - 1)
    }
}

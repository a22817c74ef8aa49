import OTLP
package import Telemetry

/// Profiles of other programs' files: folded stacks, `perf script` text and pprof, compressed or not.
package enum StackProfileImporter {
    /// Of one file.
    private static let byteLimit = 512 << 20
    /// By which a text is told from another.
    private static let sniffedBytes = 16_384
    private static let longestLine = 1 << 20

    /// `nil` for a file that is no profile, such as one with traces.
    ///
    /// `sampleType` says which value of a pprof, such as `cpu` or `alloc_space`; `nil` takes its default.
    /// Throws for a file that is damaged or too large.
    package static func read(_ compressed: [UInt8], sampleType: String? = nil) throws(ImportError) -> StackProfile? {
        let bytes = try inflated(compressed)
        if PprofReader.matches(bytes) {
            do throws(PprofError) {
                return try PprofReader.read(bytes, sampleType: sampleType)
            } catch {
                throw .damaged("\(error)")
            }
        }
        let beginning = String(decoding: bytes.prefix(sniffedBytes), as: UTF8.self)
        let lines = beginning.split(whereSeparator: \.isNewline).prefix(20)
        if PerfScriptText.matches(Array(lines)) {
            return PerfScriptText.read(Substring(String(decoding: bytes, as: UTF8.self)))
        }
        // A deep stack is a long line: what is told by its end must be read to its end.
        let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        let isLong = end > sniffedBytes && end <= longestLine
        let whole = isLong ? [Substring(String(decoding: bytes[..<end], as: UTF8.self))] : Array(lines)
        guard let first = whole.first(where: { !$0.hasPrefix("#") }), FoldedStackText.matches(first) else { return nil }
        return FoldedStackText.read(Substring(String(decoding: bytes, as: UTF8.self)))
    }

    private static func inflated(_ compressed: [UInt8]) throws(ImportError) -> [UInt8] {
        var bytes: [UInt8] = []
        do throws(InflateError) {
            var pieces = try InflatedPieces(compressed, limit: byteLimit)
            while try pieces.next(into: &bytes) {}
        } catch {
            throw error == .tooLarge ? .tooLarge(limit: byteLimit) : .damaged("\(error)")
        }
        return bytes
    }
}

import OTLP

/// OTLP requests in JSON, one a line, as the Collector's file exporter writes them: decoded while they come.
struct JSONLines {
    private var found = TraceImporter.Result(format: .otlpJSON)
    /// The first line that is none.
    private var failure: ImportError?

    private static let newline = UInt8(ascii: "\n")

    /// `nil` for what is one document over several lines, or not OTLP, or not yet told.
    init?(beginning bytes: [UInt8]) {
        // A pretty-printed document's first line is no document of its own.
        guard let end = bytes.firstIndex(of: JSONLines.newline),
            bytes[..<end].last(where: { $0 > 0x20 }) == UInt8(ascii: "}"),
            TraceFormat(sniffing: bytes) == .otlpJSON
        else { return nil }
    }

    /// Decodes what ends in a newline and takes it out of the buffer.
    mutating func take(wholeLinesOf buffer: inout [UInt8], _ decoder: ExportDecoder) {
        guard let end = buffer.lastIndex(of: JSONLines.newline) else { return }
        decode(buffer, upTo: end, decoder)
        buffer.removeSubrange(...end)
    }

    /// Decodes everything, whether or not the last line is ended.
    mutating func take(rest buffer: [UInt8], _ decoder: ExportDecoder) {
        decode(buffer, upTo: buffer.count, decoder)
    }

    func result() throws(ImportError) -> TraceImporter.Result {
        if let failure { throw failure }
        return found
    }

    private mutating func decode(_ buffer: [UInt8], upTo end: Int, _ decoder: ExportDecoder) {
        buffer.withUnsafeBytes { bytes in
            for line in bytes[..<end].split(separator: JSONLines.newline) {
                guard failure == nil else { return }
                let line = UnsafeRawBufferPointer(rebasing: line)
                guard line.contains(where: { $0 > 0x20 }) else { continue }
                do throws(WireError) {
                    found.add(try decoder.decode(line, .traces, .json))
                } catch {
                    failure = .malformed(.otlpJSON, reason: "\(error)")
                }
            }
        }
    }
}

package import OTLP
package import Telemetry

/// Traces of files and of other systems' answers → the spans a receiver would have made of them.
///
/// Every format becomes OTLP first, so the rules of normalisation, redaction and rejection are the receivers'.
package struct TraceImporter: Sendable {
    /// What one file or answer brought.
    package struct Result: Sendable {
        package var format: TraceFormat
        package var batch = TelemetryBatch()
        /// Spans left out.
        package var rejected = 0
        /// Why, in words; empty when none was.
        package var reason = ""

        init(format: TraceFormat) {
            self.format = format
        }

        mutating func add(_ export: DecodedExport) {
            batch.spans.append(contentsOf: export.batch.spans)
            batch.events += export.batch.events
            batch.links += export.batch.links
            rejected += export.rejected
            if reason.isEmpty { reason = export.reason }
        }
    }

    /// Of one file.
    private static let byteLimit = 1 << 30

    private let decoder: ExportDecoder

    /// `decoder` interns into the vocabulary of the store that the spans go to.
    package init(decoder: ExportDecoder) {
        self.decoder = decoder
    }

    /// Reads the bytes of one file, whose compression and format are told by how they begin.
    ///
    /// Of OTLP JSON lines only a line at a time is held decompressed.
    package func read(_ compressed: [UInt8]) throws(ImportError) -> Result {
        var buffer: [UInt8] = []
        var lines: JSONLines?
        do throws(InflateError) {
            var pieces = try InflatedPieces(compressed, limit: Self.byteLimit)
            while try pieces.next(into: &buffer) {
                if lines == nil { lines = JSONLines(beginning: buffer) }
                lines?.take(wholeLinesOf: &buffer, decoder)
            }
        } catch {
            throw error == .tooLarge ? .tooLarge(limit: Self.byteLimit) : .damaged("\(error)")
        }
        if var lines {
            lines.take(rest: buffer, decoder)
            return try lines.result()
        }
        guard let format = TraceFormat(sniffing: buffer) else {
            throw .unknownFormat(beginning: String(decoding: buffer.prefix(40), as: UTF8.self))
        }
        return try read(buffer, as: format)
    }

    package func read(_ bytes: [UInt8], as format: TraceFormat) throws(ImportError) -> Result {
        switch format {
        case .otlpJSON: try readLines(bytes)
        case .otlpProtobuf: try readMessages(bytes)
        case .jaegerJSON: try take(try JaegerFormat.convert(bytes), format)
        case .zipkinJSON: try take(try ZipkinFormat.convert(bytes), format)
        case .applicationInsights: try take(try ApplicationInsightsFormat.convert(bytes), format)
        }
    }

    private func take(_ converted: ConvertedTraces, _ format: TraceFormat) throws(ImportError) -> Result {
        var result = Result(format: format)
        result.rejected = converted.rejected
        result.reason = converted.reason
        for resource in converted.resources { result.add(try decode(resource.request, .protobuf, of: format)) }
        return result
    }

    /// One request a line, or one over the whole file; lines of metrics and logs are passed over.
    private func readLines(_ bytes: [UInt8]) throws(ImportError) -> Result {
        guard var lines = JSONLines(beginning: bytes) else {
            var result = Result(format: .otlpJSON)
            result.add(try decode(bytes, .json, of: .otlpJSON))
            return result
        }
        lines.take(rest: bytes, decoder)
        return try lines.result()
    }

    private func readMessages(_ bytes: [UInt8]) throws(ImportError) -> Result {
        var result = Result(format: .otlpProtobuf)
        guard bytes.first == 0 else {
            result.add(try decode(bytes, .protobuf, of: .otlpProtobuf))
            return result
        }
        var rest = bytes[...]
        while !rest.isEmpty {
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            guard rest.count >= 4, rest.count - 4 >= length else {
                throw .malformed(.otlpProtobuf, reason: "its last message is cut off")
            }
            rest = rest.dropFirst(4)
            result.add(try decode(Array(rest.prefix(length)), .protobuf, of: .otlpProtobuf))
            rest = rest.dropFirst(length)
        }
        return result
    }

    private func decode(
        _ body: [UInt8],
        _ encoding: OTLPEncoding,
        of format: TraceFormat
    ) throws(ImportError) -> DecodedExport {
        do {
            return try decoder.decode(body, .traces, encoding)
        } catch {
            throw .malformed(format, reason: "\(error)")
        }
    }
}

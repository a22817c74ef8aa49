package import Analysis
import FoundationEssentials

/// Writes and reads `run.json`.
package enum RunReportCoder {
    private static let notFinite = (positive: "Infinity", negative: "-Infinity", nan: "NaN")

    /// The same bytes for the same report: keys sorted, no float noise.
    package static func encode(_ report: RunReport) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A bare NaN is no JSON, and losing the whole report over one is worse than a string in its place.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: notFinite.positive,
            negativeInfinity: notFinite.negative,
            nan: notFinite.nan
        )
        return JSONLayout.tidy(Array(try encoder.encode(File(report: report))))
    }

    /// The report and, beside its members, what every artifact says and the report knows only where it was repeated.
    private struct File: Encodable {
        private enum Key: CodingKey { case retryAttempt }

        let report: RunReport

        func encode(to encoder: any Encoder) throws {
            try report.encode(to: encoder)
            var members = encoder.container(keyedBy: Key.self)
            try members.encode(report.retryAttempt, forKey: .retryAttempt)
        }
    }

    /// Throws `DecodingError` for anything that is not a report of this schema.
    package static func decode(_ contents: [UInt8]) throws -> RunReport {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: notFinite.positive,
            negativeInfinity: notFinite.negative,
            nan: notFinite.nan
        )
        let report = try decoder.decode(RunReport.self, from: Data(contents))
        if let fault = StoredNumbers.fault(in: report) {
            throw DecodingError.dataCorrupted(DecodingError.Context(codingPath: [], debugDescription: fault))
        }
        return report
    }
}

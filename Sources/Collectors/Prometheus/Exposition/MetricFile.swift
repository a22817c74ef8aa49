package import Telemetry

/// Points of a file: OpenMetrics or Prometheus text with a timestamp at every sample, compressed or not.
package enum MetricFile {
    /// Of the decompressed file.
    private static let byteLimit = 512 << 20
    private static let pointLimit = 5_000_000

    /// The points in the order of the file; those without a timestamp get `time`, Unix nanoseconds.
    package static func points(_ compressed: [UInt8], at time: UInt64) throws(MetricFileError) -> [MetricPoint] {
        let bytes: [UInt8]
        do throws(InflateError) {
            bytes = try InflatedPieces.all(of: compressed, limit: byteLimit)
        } catch {
            throw MetricFileError(reason: "it cannot be decompressed: \(error)")
        }
        let parser = ExpositionParser(
            limits: ExpositionLimits(bodyBytes: byteLimit, series: pointLimit),
            keepsTimestamps: true
        )
        do throws(ExpositionError) {
            return try parser.parse(bytes, contentType: contentType(of: bytes), at: time)
        } catch {
            throw MetricFileError(reason: "it is no OpenMetrics or Prometheus text: \(error)")
        }
    }

    // Only OpenMetrics has an end.
    private static func contentType(of bytes: [UInt8]) -> String {
        let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        let end = bytes.lastIndex { !blanks.contains($0) } ?? 0
        let isOpenMetrics = bytes.prefix(end + 1).suffix(5).elementsEqual("# EOF".utf8)
        return isOpenMetrics ? "application/openmetrics-text" : "text/plain"
    }
}

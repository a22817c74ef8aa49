import OTLP
import Telemetry

/// Reads `io.prometheus.client.MetricFamily` messages, each preceded by its length.
///
/// A histogram with exponential buckets becomes one native histogram; its classic buckets, if it has both, are left
/// out, as in Prometheus.
struct MetricFamilyDecoder {
    private let limits: ExpositionLimits
    private let time: UInt64

    init(limits: ExpositionLimits, time: UInt64) {
        self.limits = limits
        self.time = time
    }

    func decode(_ body: [UInt8]) throws(ExpositionError) -> [MetricPoint] {
        // `withUnsafeBytes` rethrows untyped, so the typed error travels as a result.
        let result: Result<[MetricPoint], ExpositionError> = body.withUnsafeBytes { bytes in
            var points: [MetricPoint] = []
            var stream = WireReader(bytes)
            var number = 0
            do {
                while !stream.isAtEnd {
                    number += 1
                    try readFamily(try stream.delimited(), number: number, into: &points)
                }
                return .success(points)
            } catch let error as ExpositionError {
                return .failure(error)
            } catch {
                return .failure(.malformed(line: number, reason: "the metric family is damaged"))
            }
        }
        return try result.get()
    }

    private func readFamily(
        _ message: UnsafeRawBufferPointer,
        number: Int,
        into points: inout [MetricPoint]
    ) throws {
        var name = ""
        var type: UInt64 = 0
        var metrics: [UnsafeRawBufferPointer] = []
        var reader = WireReader(message)
        while let field = try reader.next() {
            switch field.number {
            case 1: name = try field.text()
            case 3: type = try field.unsigned()
            case 4: metrics.append(try field.message())
            default: break
            }
        }
        guard !name.isEmpty else {
            throw ExpositionError.malformed(line: number, reason: "a metric family without a name")
        }
        let kind: MetricKind =
            switch type {
            case 0: .counter
            case 1: .gauge
            case 2: .summary
            case 4, 5: .histogram
            default: .unknown
            }
        for metric in metrics {
            points += try ClientMetric(metric, name: name, kind: kind, time: time).points
            guard points.count <= limits.series else { throw ExpositionError.tooManySeries(limit: limits.series) }
            guard let labels = points.last?.labels else { continue }
            guard labels.count <= limits.labelsPerSeries else {
                throw ExpositionError.tooManyLabels(line: number, limit: limits.labelsPerSeries)
            }
            let longest = labels.map { max($0.key.utf8.count, $0.value.utf8.count) }.max() ?? 0
            guard max(longest, name.utf8.count) <= limits.textBytes else {
                throw ExpositionError.tooLong(line: number, limit: limits.textBytes)
            }
        }
    }
}

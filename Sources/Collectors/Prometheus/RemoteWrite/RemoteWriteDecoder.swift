import OTLP
package import Telemetry

/// The protobuf bytes of a `prometheus.WriteRequest` (remote write 1.0) → metric points.
///
/// A series that breaks a rule is left out and counted; only bytes that are no such message throw.
package struct RemoteWriteDecoder: Sendable {
    package struct Malformed: Error {}

    /// What one request brought.
    package struct Request: Sendable {
        package var points: [MetricPoint] = []
        /// Series without a name, with a label twice, or beyond the limits.
        package var invalidSeries = 0
        /// The first of those, in words.
        package var firstFault: String?
        /// By metric family; senders put these in requests of their own.
        package var kinds: [String: MetricKind] = [:]

        package init() {}

        mutating func refuse(_ fault: String) {
            invalidSeries += 1
            if firstFault == nil { firstFault = fault }
        }
    }

    private let limits: ExpositionLimits

    package init(limits: ExpositionLimits = ExpositionLimits()) {
        self.limits = limits
    }

    package func decode(_ body: [UInt8]) throws(Malformed) -> Request {
        // `withUnsafeBytes` rethrows untyped, so the error travels as a result.
        let request: Request? = body.withUnsafeBytes { bytes in
            do throws(WireError) { return try decode(bytes) } catch { return nil }
        }
        guard let request else { throw Malformed() }
        return request
    }

    private func decode(_ body: UnsafeRawBufferPointer) throws(WireError) -> Request {
        var request = Request()
        var reader = WireReader(body)
        while let field = try reader.next() {
            switch field.number {
            case 1: try readSeries(try field.message(), into: &request)
            case 3: try readMetadata(try field.message(), into: &request)
            default: break
            }
        }
        return request
    }

    private func readSeries(
        _ message: UnsafeRawBufferPointer,
        into request: inout Request
    ) throws(WireError) {
        var series = try SeriesMessage(message)
        let name = series.labels.removeValue(forKey: "__name__") ?? ""
        if let fault = fault(of: series, named: name) { return request.refuse(fault) }
        ServiceLabel.add(to: &series.labels)
        let points = series.points(named: name)
        if points.count < series.samples.count + series.histograms.count {
            request.refuse("\(name): a sample before 1970, or a native histogram of an unknown schema")
        }
        request.points += points
    }

    private func fault(of series: SeriesMessage, named name: String) -> String? {
        if name.isEmpty { return "a series without __name__" }
        if let label = series.repeatedLabel { return "\(name): label \(label) twice" }
        if series.labels.count > limits.labelsPerSeries { return "\(name): more than \(limits.labelsPerSeries) labels" }
        let isTooLong = series.labels.contains { max($0.key.utf8.count, $0.value.utf8.count) > limits.textBytes }
        return isTooLong || name.utf8.count > limits.textBytes
            ? "a name or label longer than \(limits.textBytes) bytes" : nil
    }

    private func readMetadata(
        _ message: UnsafeRawBufferPointer,
        into request: inout Request
    ) throws(WireError) {
        var family = ""
        var kind = MetricKind.unknown
        var reader = WireReader(message)
        while let field = try reader.next() {
            switch field.number {
            case 1: kind = RemoteWriteDecoder.kind(ofType: try field.unsigned())
            case 2: family = try field.text()
            default: break
            }
        }
        if !family.isEmpty, family.utf8.count <= limits.textBytes { request.kinds[family] = kind }
    }

    /// `MetricMetadata.MetricType`.
    private static func kind(ofType type: UInt64) -> MetricKind {
        switch type {
        case 1: .counter
        case 2, 6, 7: .gauge
        case 3, 4: .histogram
        case 5: .summary
        default: .unknown
        }
    }
}

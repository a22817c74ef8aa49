package import Telemetry

/// Reads one scraped body: Prometheus text 0.0.4 and 1.0.0, OpenMetrics 1.0, and Prometheus protobuf.
///
/// All or nothing: one malformed line drops the scrape, because half a scrape looks like series that ended.
/// Every point gets the time of the scrape. Timestamps in the body are checked and passed over, so that the series of
/// one scrape stay comparable, unless `keepsTimestamps` says otherwise; exemplars keep theirs.
package struct ExpositionParser: Sendable {
    private let limits: ExpositionLimits
    private let keepsTimestamps: Bool

    /// `keepsTimestamps` is for files of several times' points, such as those `promtool` makes series of.
    package init(limits: ExpositionLimits = ExpositionLimits(), keepsTimestamps: Bool = false) {
        self.limits = limits
        self.keepsTimestamps = keepsTimestamps
    }

    /// The points in the order of the body, all at `time`, the scrape's Unix time in nanoseconds.
    ///
    /// The answer's `contentType` decides between the formats.
    package func parse(
        _ body: [UInt8],
        contentType: String?,
        at time: UInt64
    ) throws(ExpositionError) -> [MetricPoint] {
        guard let format = ExpositionFormat(contentType: contentType) else {
            throw .unsupportedContentType(contentType ?? "")
        }
        guard body.count <= limits.bodyBytes else { throw .tooManyBytes(limit: limits.bodyBytes) }
        if format == .protobuf { return try MetricFamilyDecoder(limits: limits, time: time).decode(body) }
        var families = MetricFamilies(format: format)
        var points: [MetricPoint] = []
        var isEnded = false
        var number = 0
        for bytes in body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            var line = ExpositionLine(bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes, number: number)
            line.skipBlanks()
            if line.isAtEnd { continue }
            guard !isEnded else { throw line.malformed("text after # EOF") }
            if line.skip("#") {
                isEnded = try families.readComment(&line)
                continue
            }
            guard points.count < limits.series else { throw .tooManySeries(limit: limits.series) }
            points.append(try point(&line, families: families, format: format, time: time))
        }
        guard isEnded || format == .prometheus else { throw .incomplete }
        return points
    }

    private func point(
        _ line: inout ExpositionLine,
        families: MetricFamilies,
        format: ExpositionFormat,
        time: UInt64
    ) throws(ExpositionError) -> MetricPoint {
        var name = try line.name(limit: limits.textBytes)
        var labels: [String: String] = [:]
        line.skipBlanks()
        if line.skip("{") { try readLabels(&line, name: &name, into: &labels) }
        guard let name, !name.isEmpty else { throw line.malformed("a sample without a metric name") }
        line.skipBlanks()
        guard let value = line.float() else { throw line.malformed("expected a value after \(name)") }
        line.skipBlanks()
        var pointTime = time
        if !line.isAtEnd, !line.isAt("#") {
            // Seconds in OpenMetrics, milliseconds in Prometheus text.
            let stamp = format == .openMetrics ? line.float().map { $0 * 1e9 } : line.integer().map { Double($0) * 1e6 }
            guard let stamp else { throw line.malformed("expected a timestamp after the value") }
            if keepsTimestamps { pointTime = UInt64(exactly: stamp.rounded()) ?? time }
            line.skipBlanks()
        }
        var point = MetricPoint(
            name: name,
            labels: labels,
            kind: families.kind(of: name),
            value: value,
            timeNanoseconds: pointTime
        )
        // Only OpenMetrics has exemplars: " # {labels} value [timestamp]".
        if format == .openMetrics, line.skip("#"), let exemplar = try exemplar(&line, time: time) {
            point.exemplars = [exemplar]
        }
        guard line.isAtEnd else { throw line.malformed("text after the sample") }
        return point
    }

    /// Reads to the closing brace; a quoted text without `=` is the metric's name (text 1.0.0).
    private func readLabels(
        _ line: inout ExpositionLine,
        name: inout String?,
        into labels: inout [String: String]
    ) throws(ExpositionError) {
        while true {
            line.skipBlanks()
            if line.skip("}") { return }
            let isQuoted = line.isAt("\"")
            guard let key = try line.labelName(limit: limits.textBytes) else {
                throw line.malformed("expected a label name or }")
            }
            line.skipBlanks()
            if line.skip("=") {
                line.skipBlanks()
                guard let value = try line.quoted(limit: limits.textBytes) else {
                    throw line.malformed("expected a quoted value for \(key)")
                }
                guard labels.updateValue(value, forKey: key) == nil else {
                    throw line.malformed("label \(key) twice")
                }
                guard labels.count <= limits.labelsPerSeries else {
                    throw .tooManyLabels(line: line.number, limit: limits.labelsPerSeries)
                }
            } else {
                guard isQuoted, name == nil else { throw line.malformed("expected = after \(key)") }
                name = key
            }
            line.skipBlanks()
            guard line.skip(",") || line.isAt("}") else { throw line.malformed("expected , or } after \(key)") }
        }
    }

    /// `nil` for an exemplar that leads to no trace.
    private func exemplar(_ line: inout ExpositionLine, time: UInt64) throws(ExpositionError) -> MetricExemplar? {
        var name: String? = ""
        var labels: [String: String] = [:]
        line.skipBlanks()
        guard line.skip("{") else { throw line.malformed("expected { of an exemplar") }
        try readLabels(&line, name: &name, into: &labels)
        line.skipBlanks()
        guard let value = line.float() else { throw line.malformed("expected the exemplar's value") }
        line.skipBlanks()
        var timeNanoseconds = time
        if !line.isAtEnd {
            guard let seconds = line.float() else { throw line.malformed("expected the exemplar's timestamp") }
            timeNanoseconds = UInt64(exactly: (seconds * 1e9).rounded()) ?? time
        }
        line.skipBlanks()
        return MetricExemplar(labels: labels, value: value, timeNanoseconds: timeNanoseconds)
    }
}

/// Why a scraped body was dropped, whole.
package enum ExpositionError: Error, Hashable {
    /// With the line, counted from 1.
    case malformed(line: Int, reason: String)
    /// Neither Prometheus text nor OpenMetrics.
    case unsupportedContentType(String)
    /// An OpenMetrics body without its `# EOF`: it was cut off.
    case incomplete
    case tooManyBytes(limit: Int)
    case tooManySeries(limit: Int)
    case tooManyLabels(line: Int, limit: Int)
    /// A name or a label value.
    case tooLong(line: Int, limit: Int)
}

extension ExpositionError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let line, let reason): "line \(line): \(reason)"
        case .unsupportedContentType(let type): "\(type) is neither Prometheus text nor OpenMetrics"
        case .incomplete: "the OpenMetrics body does not end in # EOF, so it was cut off"
        case .tooManyBytes(let limit): "the body is larger than \(limit) bytes"
        case .tooManySeries(let limit): "more than \(limit) series"
        case .tooManyLabels(let line, let limit): "line \(line): more than \(limit) labels"
        case .tooLong(let line, let limit): "line \(line): a name or value longer than \(limit) bytes"
        }
    }
}

/// Why a data point was left out, in words that name what to fix.
enum PointRejection: Int, CaseIterable {
    case malformed, temporality, scale, deltaHistogram, late

    var reason: String {
        switch self {
        case .malformed: "not a valid protobuf message, or buckets that do not fit their bounds"
        case .temporality: "aggregation_temporality must be delta or cumulative"
        case .scale: "an exponential histogram's scale must be -4 or more"
        case .deltaHistogram:
            "exponential histograms must be cumulative: OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative"
        case .late: "a delta came late or twice, or there are too many series of deltas"
        }
    }
}

/// Counts what was wrong with the data points of one request.
struct PointTally {
    private var counts = [Int](repeating: 0, count: PointRejection.allCases.count)

    mutating func count(_ rejection: PointRejection, points: Int = 1) { counts[rejection.rawValue] += points }

    var total: Int { counts.reduce(0, +) }

    /// One English sentence for the sender; empty when all is well.
    var message: String {
        PointRejection.allCases.filter { counts[$0.rawValue] > 0 }
            .map { "\(counts[$0.rawValue]) data points rejected: \($0.reason)" }
            .joined(separator: "; ")
    }
}

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

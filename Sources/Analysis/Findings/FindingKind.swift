/// Kinds of finding that something besides their detector asks for.
enum FindingKind {
    static let repeatedQuery = "n_plus_one_query"
    static let selfTimeRegression = "self_time_regression"
    static let edgeLatency = "edge_latency_regression"
    static let newOperation = "new_operation"
    static let removedOperation = "removed_operation"
}

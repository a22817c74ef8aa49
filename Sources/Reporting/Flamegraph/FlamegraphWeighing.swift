import Correlation

/// Which time makes a frame wide.
package enum FlamegraphWeighing: String, Sendable, CaseIterable {
    /// Critical-path time: what a request waited for. Sums to the mean duration.
    case critical
    /// The same over the slow requests alone.
    case tail
    /// Time not covered by children: work, also what nobody waited for.
    case own = "self"

    var title: String {
        switch self {
        case .critical: "Critical path"
        case .tail: "Critical path of slow requests"
        case .own: "Work: time of operations themselves"
        }
    }

    /// In the middle of a sentence.
    var noun: String {
        switch self {
        case .critical: "critical-path time"
        case .tail: "critical-path time of slow requests"
        case .own: "time of operations themselves"
        }
    }

    /// Mean per request.
    func milliseconds(of path: PathProfile, in profile: EndpointProfile) -> Double {
        switch self {
        case .critical: Double(path.criticalNanoseconds) / Double(max(1, profile.traces)) / 1e6
        case .own: Double(path.selfNanoseconds) / Double(max(1, profile.traces)) / 1e6
        case .tail: Double(path.tailNanoseconds ?? 0) / Double(max(1, profile.tailTraces ?? 0)) / 1e6
        }
    }
}

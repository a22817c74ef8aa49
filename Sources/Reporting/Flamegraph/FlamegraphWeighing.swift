import Correlation

/// Which time makes a frame wide.
package enum FlamegraphWeighing: String, Sendable, CaseIterable {
    /// Critical-path time: what a request waited for. Sums to the mean duration.
    case critical
    /// The same over the slow requests alone.
    case tail
    /// The same over the failed requests alone.
    case errors
    /// Time not covered by children: work, also what nobody waited for.
    case own = "self"

    var title: String {
        switch self {
        case .critical: "Critical path"
        case .tail: "Critical path of slow requests"
        case .errors: "Critical path of failed requests"
        case .own: "Work: time of operations themselves"
        }
    }

    /// In the middle of a sentence.
    var noun: String {
        switch self {
        case .critical: "critical-path time"
        case .tail: "critical-path time of slow requests"
        case .errors: "critical-path time of failed requests"
        case .own: "time of operations themselves"
        }
    }

    /// Mean per request that is counted.
    func milliseconds(of path: PathProfile, in profile: EndpointProfile) -> Double {
        let nanoseconds: UInt64? =
            switch self {
            case .critical: path.criticalNanoseconds
            case .own: path.selfNanoseconds
            case .tail: path.tailNanoseconds
            case .errors: path.failedNanoseconds
            }
        return Double(nanoseconds ?? 0) / Double(max(1, traces(in: profile))) / 1e6
    }

    /// Complete traces that are counted.
    func traces(in profile: EndpointProfile) -> Int {
        switch self {
        case .critical, .own: profile.traces
        case .tail: profile.tailTraces ?? 0
        case .errors: profile.failedTraces ?? 0
        }
    }
}

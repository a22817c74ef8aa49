/// Limits a person can set; `nil` where none is.
package struct Limits: Sendable, Hashable {
    package var p50Milliseconds: Double?
    package var p95Milliseconds: Double?
    package var p99Milliseconds: Double?
    package var minimumRate: Double?
    /// 0...1.
    package var maximumErrorRate: Double?
    package var maximumCPUPercent: Double?
    package var maximumMemoryMiB: Double?

    package init() {}
}

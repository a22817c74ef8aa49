/// The highest rate that held all objectives.
package struct LoadLine: Sendable, Hashable, Codable {
    /// Requests per second; `nil` when even the first level broke.
    package var rate: Double?
    /// The lowest rate that broke; `nil` when none did.
    package var brokenAt: Double?
    /// Half of what lies between the two, as a share of `rate`: how well the line is known.
    package var uncertainty: Double?
    /// What broke first beyond the line, one sentence each.
    package var failureMode: [String]
    /// Requests per second from which the median latency was more than twice that of the first level.
    package var knee: Double?
    /// Whether the line held once more at the end of the search.
    package var isConfirmed: Bool
    /// Whether the target was well again at a lower rate after the overload; `nil` when that was not tried.
    package var hasRecovered: Bool?
    /// Seconds of that lower load until latency held again; `nil` when it never did, or was not tried.
    package var recoverySeconds: Double?
    /// Why the search ended where it did, one sentence.
    package var ending: String

    package init(ending: String) {
        failureMode = []
        isConfirmed = false
        self.ending = ending
    }
}

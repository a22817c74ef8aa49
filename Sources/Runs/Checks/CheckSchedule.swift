import Analysis
import Correlation

/// When a deploy is looked at: the waits grow from one look to the next.
package struct CheckSchedule: Sendable, Hashable {
    /// Unix nanoseconds, ascending.
    package let moments: [UInt64]
    private let deployedAt: UInt64

    /// After the end of a minute, until its window is in the store.
    package static let settling: UInt64 = 30_000_000_000
    /// Five minutes, a quarter, half and a whole hour.
    package static let standardLooks = DeployCheckSettings().looks
    private static let minute = TelemetryWindow.length

    /// Looks so many nanoseconds after a deploy, and a little later: a window is closed only when its spans have settled.
    package init(deployedAt: UInt64, looks: [UInt64] = standardLooks, settling: UInt64 = settling) {
        self.deployedAt = deployedAt
        moments = looks.sorted().map { deployedAt + $0 + settling }
    }

    /// The first look that is still to come; `nil` after the last one.
    package func next(after now: UInt64) -> UInt64? { moments.first { $0 > now } }

    /// The last look whose time has come; `nil` before the first one.
    package func due(at now: UInt64) -> UInt64? { moments.last { $0 <= now } }

    /// When a look that found too little would find more: once the minutes that it lacks are stored, else at the next look.
    ///
    /// - Parameters:
    ///   - moment: of the look that found too little.
    ///   - seen: end of what it saw.
    ///   - since: start of the oldest window; where there is too little before the deploy, waiting does not help.
    ///   - request: what was asked.
    /// - Returns: Unix nanoseconds; `nil` where no more is to be had.
    func moreToSee(after moment: UInt64, seen: UInt64, since: UInt64, asking request: CheckRequest) -> UInt64? {
        func suffices(_ end: UInt64) -> Bool {
            let settings = request.settings(elapsed: end > deployedAt ? end - deployedAt : 0)
            let (bin, needed) = (settings.binLength, UInt64(settings.minimumBins))
            let start = (deployedAt + settings.guardTime + bin - 1) / bin * bin
            return end >= start + needed * bin
        }
        let now = request.settings(elapsed: seen > deployedAt ? seen - deployedAt : 0)
        let before = deployedAt > since ? deployedAt - since : 0
        guard before >= UInt64(now.minimumBins) * now.binLength else { return nil }
        guard !suffices(seen) else { return next(after: moment) }
        var end = max(seen, deployedAt) / CheckSchedule.minute * CheckSchedule.minute
        repeat { end += CheckSchedule.minute } while !suffices(end)
        let stored = end + CheckSchedule.settling
        // What should have come and did not will not come by waiting for it.
        return stored > moment ? stored : next(after: moment)
    }
}

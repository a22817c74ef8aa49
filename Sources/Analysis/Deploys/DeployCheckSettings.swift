import Correlation

/// The thresholds of a check (`spec/statistics.md` section 4 b).
package struct DeployCheckSettings: Sendable, Hashable {
    /// Nanoseconds on either side of a deploy.
    package var window: UInt64 = 15 * TelemetryWindow.length
    /// To which sides grow with the time since the deploy, and where they hold too few requests.
    package var longestWindow: UInt64 = 60 * TelemetryWindow.length
    /// After the deploy: caches are cold, connections are made, two versions answer.
    package var guardTime: UInt64 = 2 * TelemetryWindow.length
    /// The unit of the tests: a whole window, or one of its bins of ten seconds, which have no distribution.
    package var binLength = TelemetryWindow.length
    /// Bins with requests that a side needs.
    package var minimumBins = 10
    /// Requests that the service must have had on either side.
    package var minimumRequests = 200
    /// Earlier pairs that calibrate.
    package var placeboPairs = 24
    /// How long before the deploy calibrates: 24 pairs of a quarter of an hour, or 12 of an hour.
    package var history = 13 * 60 * TelemetryWindow.length
    /// Earlier days whose same hours are a control, where they were recorded.
    package var seasonalDays: [UInt64] = [1, 7]
    /// Bins before the deploy from which the weight of the control is learnt.
    package var minimumControlBins = 20
    /// Of the Benjamini-Hochberg procedure, over all looks together.
    package var falseDiscoveryRate = 0.05
    /// Since the deploy; each sees all that those before saw.
    package var looks: [UInt64] = [5, 15, 30, 60].map { $0 * TelemetryWindow.length }
    /// What each of four looks may spend so that all together spend `falseDiscoveryRate`: Pocock 1977, for 0.05.
    package var lookRate = 0.0182
    /// Least ratios that matter in practice.
    package var tailRatio = 1.10
    package var locationRatio = 1.05
    package var errorRatio = 1.5
    package var callRatio = 1.2
    /// Least changes that matter whatever the ratio: milliseconds, a share of the entry's p50, of spans, of calls.
    package var floorMilliseconds = 1.0
    package var floorShare = 0.02
    package var floorErrorRate = 0.002
    package var floorCalls = 0.2
    /// Below which nothing is called wrong.
    package var minimumConfidence = 0.5
    /// The most that may be claimed from a comparison with the time before alone.
    package var uncontrolledConfidence = 0.9
    /// Occurrences of a new class of error, and bins that have one.
    package var minimumNewErrors = 5
    package var minimumNewErrorBins = 2
    /// Deployments of the service whose classes of error are known ones.
    package var rememberedDeploys = 10
    /// Spans before from which the absence of an operation means something, and the loss of support that is one.
    package var minimumSupport = 30
    package var vanishedShare = 0.67
    /// A slowdown that this check could have missed makes "fine" impossible.
    package var missableRatio = 1.25

    package init() {}

    /// A look at bins of ten seconds: quicker and less sure, for a window too short for whole minutes.
    package static func quick(window: UInt64) -> DeployCheckSettings {
        var settings = DeployCheckSettings()
        settings.binLength = TelemetryWindow.binLength
        settings.window = max(window, 4 * TelemetryWindow.binLength)
        settings.longestWindow = settings.window
        settings.guardTime = min(settings.guardTime, settings.window / 6 / settings.binLength * settings.binLength)
        settings.minimumBins = 4
        settings.minimumRequests = 100
        return settings
    }

    /// The stretches of time that a check reads, Unix nanoseconds, in order and apart: earlier days first, `now` last.
    ///
    /// Windows that are missing in them make the answer weaker and never wrong.
    package func stretches(around deploy: UInt64, until now: UInt64) -> [Range<UInt64>] {
        let first = deploy - min(deploy, history)
        let days = (isQuick ? [] : seasonLags.sorted(by: >)).filter { $0 <= first }.map { lag in
            first - lag..<min(deploy - lag + guardTime + longestWindow, first)
        }
        return days + [first..<max(now, first + 1)]
    }

    /// Nanoseconds back to each of the earlier days.
    var seasonLags: [UInt64] {
        seasonalDays.filter { $0 > 0 && $0 < DeployCheckSettings.yearOfDays }.map { $0 * DeployCheckSettings.day }
    }

    private static let yearOfDays: UInt64 = 366
    private static let day = 24 * 60 * TelemetryWindow.length

    var isQuick: Bool { binLength < TelemetryWindow.length }
}

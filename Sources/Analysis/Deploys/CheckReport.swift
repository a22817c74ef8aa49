/// The answer to "is this deploy fine?": input of every `anomaly-report`, of `plimsoll check` and of the web page.
package struct CheckReport: Sendable, Hashable, Codable {
    /// The three answers; "not enough to tell" is one of them.
    package enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
        case fine, anomalous, inconclusive

        package var exitCode: Int {
            switch self {
            case .fine: 0
            case .anomalous: 1
            case .inconclusive: 5
            }
        }
    }

    /// What the time after was held against.
    package enum Control: String, Sendable, Hashable, Codable, CaseIterable {
        /// The old version, running at the same time.
        case concurrent
        /// Services that were not deployed.
        case siblings
        /// The same hours a day or a week before.
        case seasonal
        /// Only the time before; confidence is capped at 0.9.
        case none
    }

    /// As `CheckReport.id(of:at:)` makes it: looks at different moments are different reports.
    package var id: String
    package var deploy: DeployMarker
    /// Unix nanoseconds.
    package var checkedAt: UInt64
    /// Unix nanoseconds; the guard around the deploy is in neither.
    package var before: Range<UInt64>
    package var after: Range<UInt64>
    package var control: Control
    /// Earlier pairs of windows without a deploy that calibrate the tests; below 12 nothing is calibrated.
    package var placeboPairs: Int
    package var verdict: Verdict
    /// That the verdict is right, 0...1.
    package var confidence: Double
    /// The verdict in one sentence, the culprit first.
    package var summary: String
    /// What limits the answer, a sentence each: too few requests, no history, no control.
    package var reasons: [String]
    /// What is wrong, most convincing first.
    package var findings: [CheckFinding]
    /// All operations that were compared, in order of how much they changed.
    package var operations: [OperationChange]
    /// Who is to blame, where anything is wrong: one service and one operation.
    package var culprit: CulpritReference?
    /// 1 for the first look, at five minutes, up to 4.
    package var look: Int
    /// Seconds of the bins that were compared: 60, or 10 for a quick look, which is less sure.
    package var binSeconds: Int
    /// The culprit, or the busiest operation of the service, over the time before and since.
    package var shown: CulpritReference?
    package var points: [CheckPoint]
    /// Unix nanoseconds from which on another look sees more; `nil` where the verdict is clear, or more will not come.
    package var lookAgainAt: UInt64?

    package init(
        id: String,
        deploy: DeployMarker,
        checkedAt: UInt64,
        before: Range<UInt64>,
        after: Range<UInt64>,
        control: Control,
        placeboPairs: Int,
        verdict: Verdict,
        confidence: Double,
        summary: String,
        reasons: [String] = [],
        findings: [CheckFinding] = [],
        operations: [OperationChange] = [],
        culprit: CulpritReference? = nil,
        look: Int = 1,
        binSeconds: Int = 60,
        shown: CulpritReference? = nil,
        points: [CheckPoint] = [],
        lookAgainAt: UInt64? = nil
    ) {
        self.id = id
        self.deploy = deploy
        self.checkedAt = checkedAt
        self.before = before
        self.after = after
        self.control = control
        self.placeboPairs = placeboPairs
        self.verdict = verdict
        self.confidence = confidence
        self.summary = summary
        self.reasons = reasons
        self.findings = findings
        self.operations = operations
        self.culprit = culprit
        self.look = look
        self.binSeconds = binSeconds
        self.shown = shown
        self.points = points
        self.lookAgainAt = lookAgainAt
    }

    /// The deploy's id, `#`, and the moment of the look in Unix nanoseconds.
    ///
    /// A moment is looked at once: the same look again gives the same report and takes its place.
    package static func id(of deploy: DeployMarker, at moment: UInt64) -> String { "\(deploy.id)#\(moment)" }
}

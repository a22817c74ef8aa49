/// What a person said about a run, a finding, a deploy or a check, as the service keeps it.
///
/// The text in it came from outside: escape it wherever it is shown.
package struct StoredAnnotation: Sendable, Hashable, Codable {
    /// What an annotation may be about.
    package enum Subject: String, Sendable, Hashable, Codable, CaseIterable {
        /// By its id.
        case run
        /// By its fingerprint, so that it also holds for the same finding of other runs.
        case finding
        /// By its id.
        case deploy
        /// By its id.
        case check
    }

    /// What is to be done about a finding.
    package enum Disposition: String, Sendable, Hashable, Codable, CaseIterable {
        case open, accepted, resolved, notAProblem
    }

    /// Set by the store.
    package var id: Int64
    package var subject: Subject
    package var subjectID: String
    package var author: String
    /// Unix nanoseconds.
    package var at: UInt64
    package var note: String
    /// The verdict that a person puts in the place of a run's: `pass`, `warning`, `degraded`, `fail`.
    package var status: String?
    /// Until when that verdict also decides later runs of the module and edition, Unix nanoseconds; `nil` for the one run.
    package var statusUntil: UInt64?
    /// The test of the run that it is about, by its name; `nil` for all.
    package var test: String?
    package var disposition: Disposition?
    package var assignee: String?
    /// Left out of gate and inbox until then, Unix nanoseconds.
    package var excludedUntil: UInt64?

    package static let noteLimit = 4_000
    package static let statuses = ["pass", "warning", "degraded", "fail"]

    package init(
        id: Int64 = 0,
        subject: Subject,
        subjectID: String,
        author: String,
        at: UInt64,
        note: String,
        status: String? = nil,
        statusUntil: UInt64? = nil,
        test: String? = nil,
        disposition: Disposition? = nil,
        assignee: String? = nil,
        excludedUntil: UInt64? = nil
    ) {
        self.id = id
        self.subject = subject
        self.subjectID = subjectID
        self.author = author
        self.at = at
        self.note = note
        self.status = status
        self.statusUntil = statusUntil
        self.test = test
        self.disposition = disposition
        self.assignee = assignee
        self.excludedUntil = excludedUntil
    }
}

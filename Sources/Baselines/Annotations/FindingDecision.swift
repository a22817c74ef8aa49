/// What people came to about one finding: of several annotations the newest that says something counts, field by field.
package struct FindingDecision: Sendable, Hashable {
    package var disposition = StoredAnnotation.Disposition.open
    package var assignee: String?
    /// Left out of gate and inbox until then, Unix nanoseconds; `nil` where that is over.
    package var excludedUntil: UInt64?

    /// `annotations` are about this finding, newest first; `now` in Unix nanoseconds.
    package init(_ annotations: [StoredAnnotation], now: UInt64) {
        disposition = annotations.lazy.compactMap(\.disposition).first ?? .open
        assignee = annotations.lazy.compactMap(\.assignee).first.flatMap { $0.isEmpty ? nil : $0 }
        excludedUntil = annotations.lazy.compactMap(\.excludedUntil).first.flatMap { $0 > now ? $0 : nil }
    }

    /// Whether it no longer counts against verdicts.
    package var isAccepted: Bool {
        disposition == .accepted || disposition == .notAProblem || excludedUntil != nil
    }
}

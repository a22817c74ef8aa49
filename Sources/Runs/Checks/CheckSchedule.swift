/// When `plimsoll check --watch` looks: the waits grow from one look to the next.
package struct CheckSchedule: Sendable, Hashable {
    /// Unix nanoseconds, ascending.
    package let moments: [UInt64]

    /// Looks so many nanoseconds after a deploy, and a little later: a window is closed only when its spans have settled.
    package init(deployedAt: UInt64, looks: [UInt64], settling: UInt64 = 30_000_000_000) {
        moments = looks.sorted().map { deployedAt + $0 + settling }
    }

    /// The first look that is still to come; `nil` after the last one.
    package func next(after now: UInt64) -> UInt64? { moments.first { $0 > now } }

    /// How many looks are over.
    package func done(at now: UInt64) -> Int { moments.count { $0 <= now } }
}

/// Good and bad requests of one operation, minute by minute, for as long as the longest burn rule looks back.
struct BudgetSeries {
    struct Sum: Equatable {
        var bad = 0
        var all = 0

        var share: Double { all > 0 ? Double(bad) / Double(all) : 0 }
    }

    /// Counts from the beginning up to a minute; they may wrap around, their differences over days do not.
    private struct Entry {
        var minute: UInt64
        var bad: UInt32
        var all: UInt32
    }

    private static let slack = 360

    private var entries: [Entry] = []
    /// What lies before the first entry.
    private var base = Entry(minute: 0, bad: 0, all: 0)

    var lastMinute: UInt64? { entries.last?.minute }

    /// Takes a minute; `kept` is how many of them are wanted.
    mutating func add(bad: Int, all: Int, minute: UInt64, kept: UInt64) {
        // Minutes of a clock that was ahead and was set back would stand between.
        while let last = entries.last, last.minute > minute { entries.removeLast() }
        let last = entries.last ?? base
        let entry = Entry(
            minute: minute,
            bad: last.bad &+ UInt32(truncatingIfNeeded: bad),
            all: last.all &+ UInt32(truncatingIfNeeded: all)
        )
        if entries.last?.minute == minute { entries[entries.count - 1] = entry } else { entries.append(entry) }
        guard entries.count > Int(kept) + BudgetSeries.slack else { return }
        let old = place(after: minute - min(minute, kept))
        if old > 0 { base = entries[old - 1] }
        entries.removeFirst(old)
    }

    /// The last `minutes` up to and with a minute.
    func sum(minutes: UInt64, upTo minute: UInt64) -> Sum {
        let (end, start) = (counts(upTo: minute), counts(upTo: minute - min(minute, minutes)))
        return Sum(bad: Int(end.bad &- start.bad), all: Int(end.all &- start.all))
    }

    private func counts(upTo minute: UInt64) -> Entry {
        let place = place(after: minute)
        return place > 0 ? entries[place - 1] : base
    }

    /// Of the first entry behind a minute.
    private func place(after minute: UInt64) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].minute <= minute { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

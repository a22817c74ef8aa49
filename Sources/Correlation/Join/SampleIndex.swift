import Telemetry

/// Finds the request with a number: by subtraction where the numbers are dense, as the generator's are, else by bisection.
struct SampleIndex {
    struct Entry {
        var number: UInt64
        /// Index into `LoadResult.tests`.
        var test: Int32
        /// Index into `TestLoad.samples`.
        var sample: Int32
    }

    /// In order of number.
    let entries: [Entry]
    private var dense: [Int32] = []

    init(_ load: LoadResult) {
        var entries: [Entry] = []
        entries.reserveCapacity(load.tests.reduce(0) { $0 + $1.samples.count })
        for (test, measured) in load.tests.enumerated() {
            for (index, sample) in measured.samples.enumerated() {
                entries.append(Entry(number: sample.number, test: Int32(test), sample: Int32(index)))
            }
        }
        // By place as well, so that equal numbers, which no generator makes, still have an order.
        entries.sort { ($0.number, $0.test, $0.sample) < ($1.number, $1.test, $1.sample) }
        self.entries = entries
        guard let first = entries.first?.number, let last = entries.last?.number else { return }
        guard last - first < UInt64(entries.count) * 4 + 1_024 else { return }
        dense = [Int32](repeating: -1, count: Int(last - first) + 1)
        for (index, entry) in entries.enumerated().reversed() { dense[Int(entry.number - first)] = Int32(index) }
    }

    /// Index into `entries`, or `nil` when no request with this number was recorded.
    func entry(of number: UInt64) -> Int? {
        guard let first = entries.first?.number, let last = entries.last?.number, first <= number, number <= last
        else { return nil }
        if !dense.isEmpty {
            let index = dense[Int(number - first)]
            return index < 0 ? nil : Int(index)
        }
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && entries[low].number == number ? low : nil
    }
}

extension SpanTable {
    private struct Key {
        var low: UInt64
        var high: UInt64
        var start: UInt64
        var row: UInt32
    }

    /// The rows in the order of `sortedByTrace()`.
    ///
    /// Trace ids have a uniform low half, whoever issues them, so one counting pass over the low half's top bits leaves
    /// buckets of a few spans to sort: linear. Ids of any other kind only make the buckets uneven.
    package func rowsByTrace() -> [UInt32] {
        guard !isEmpty else { return [] }
        let bits = min(20, max(1, UInt64.bitWidth - (count / 8).leadingZeroBitCount))
        let shift = UInt64(64 - bits)
        var ends = [UInt32](repeating: 0, count: 1 << bits)
        for low in traceLow { ends[Int(low >> shift)] += 1 }
        var total: UInt32 = 0
        for bucket in ends.indices {
            total += ends[bucket]
            ends[bucket] = total
        }
        var next = ends
        var keys = [Key](repeating: Key(low: 0, high: 0, start: 0, row: 0), count: count)
        // One closure for all buckets: each new one would retain every column.
        let inOrder: (Key, Key) -> Bool = { precedes($0, $1) }
        keys.withUnsafeMutableBufferPointer { keys in
            // Backwards, so that a bucket keeps the order of arrival, which is nearly sorted already.
            for row in indices.reversed() {
                let bucket = Int(traceLow[row] >> shift)
                next[bucket] -= 1
                keys[Int(next[bucket])] = Key(
                    low: traceLow[row],
                    high: traceHigh[row],
                    start: startNanoseconds[row],
                    row: UInt32(row)
                )
            }
            var first = 0
            for end in ends {
                var bucket = UnsafeMutableBufferPointer(rebasing: keys[first..<Int(end)])
                first = Int(end)
                if bucket.count > 1 { bucket.sort(by: inOrder) }
            }
        }
        return keys.map(\.row)
    }

    private func precedes(_ left: Key, _ right: Key) -> Bool {
        if left.low != right.low { return left.low < right.low }
        if left.high != right.high { return left.high < right.high }
        if left.start != right.start { return left.start < right.start }
        return precedes(Int(left.row), Int(right.row))
    }

    // Of one trace and one start. Fields after the parent matter only among copies of one span; they make the order total.
    private func precedes(_ left: Int, _ right: Int) -> Bool {
        if endNanoseconds[left] != endNanoseconds[right] { return endNanoseconds[left] > endNanoseconds[right] }
        if spanID[left] != spanID[right] { return spanID[left] < spanID[right] }
        if kind[left] != kind[right] { return kind[left].rawValue < kind[right].rawValue }
        if parentID[left] != parentID[right] { return parentID[left] < parentID[right] }
        if operation[left] != operation[right] { return operation[left].rawValue < operation[right].rawValue }
        if errorType[left] != errorType[right] { return errorType[left].rawValue < errorType[right].rawValue }
        if statement[left] != statement[right] { return statement[left].rawValue < statement[right].rawValue }
        if instance[left] != instance[right] { return instance[left].rawValue < instance[right].rawValue }
        return flags[left].rawValue < flags[right].rawValue
    }
}

extension SpanTable {
    /// What decides the order of two spans but for copies of one, gathered for one bucket at a time.
    private struct Key {
        var low: UInt64
        var high: UInt64
        var start: UInt64
        var end: UInt64
        var id: UInt64
        var row: UInt32

        static func < (left: Key, right: Key) -> Bool {
            if left.low != right.low { return left.low < right.low }
            if left.high != right.high { return left.high < right.high }
            if left.start != right.start { return left.start < right.start }
            if left.end != right.end { return left.end > right.end }
            return left.id < right.id
        }

        func ties(with other: Key) -> Bool {
            low == other.low && high == other.high && start == other.start && end == other.end && id == other.id
        }
    }

    /// Beyond so many spans a bucket is not sorted by insertion.
    private static let fewSpans = 24

    /// The rows in the order of `sortByTrace()`.
    ///
    /// Trace ids have a uniform low half, whoever issues them, so one counting pass over the low half's top bits leaves
    /// buckets of a few spans to sort: linear. Ids of any other kind only make the buckets uneven.
    func rowsByTrace() -> [UInt32] {
        guard !isEmpty else { return [] }
        let bits = min(20, max(1, UInt64.bitWidth - (count / 8).leadingZeroBitCount))
        let shift = UInt64(64 - bits)
        var next = [UInt32](repeating: 0, count: 1 << bits)
        for low in traceLow { next[Int(low >> shift)] += 1 }
        var total: UInt32 = 0
        for bucket in next.indices {
            total += next[bucket]
            next[bucket] = total
        }
        var rows = [UInt32](repeating: 0, count: count)
        // Backwards, so that a bucket keeps the order of arrival, which is nearly sorted already.
        for row in indices.reversed() {
            let bucket = Int(traceLow[row] >> shift)
            next[bucket] -= 1
            rows[Int(next[bucket])] = UInt32(row)
        }
        // Each bucket's place has come down to where the bucket begins.
        var keys: [Key] = []
        rows.withUnsafeMutableBufferPointer { rows in
            for bucket in next.indices {
                let end = bucket + 1 < next.count ? Int(next[bucket + 1]) : rows.count
                let bucketRows = Int(next[bucket])..<end
                if bucketRows.count > 1 { sort(bucketRows, of: rows, with: &keys) }
            }
        }
        return rows
    }

    private func sort(_ bucket: Range<Int>, of rows: UnsafeMutableBufferPointer<UInt32>, with keys: inout [Key]) {
        keys.removeAll(keepingCapacity: true)
        for place in bucket {
            let row = Int(rows[place])
            keys.append(
                Key(
                    low: traceLow[row],
                    high: traceHigh[row],
                    start: startNanoseconds[row],
                    end: endNanoseconds[row],
                    id: spanID[row],
                    row: UInt32(row)
                )
            )
        }
        keys.withUnsafeMutableBufferPointer { keys in
            if keys.count <= SpanTable.fewSpans { SpanTable.insertionSort(keys) } else { keys.sort { $0 < $1 } }
            var first = 0
            for next in 1...keys.count where next == keys.count || !keys[next].ties(with: keys[first]) {
                // Spans that tie are copies of one, or a client and a server span that share an id: few.
                if next - first > 1 { keys[first..<next].sort { precedes(Int($0.row), Int($1.row)) } }
                first = next
            }
            for (place, key) in zip(bucket, keys) { rows[place] = key.row }
        }
    }

    private static func insertionSort(_ keys: UnsafeMutableBufferPointer<Key>) {
        for next in 1..<keys.count {
            let key = keys[next]
            var place = next
            while place > 0, key < keys[place - 1] {
                keys[place] = keys[place - 1]
                place -= 1
            }
            keys[place] = key
        }
    }

    // Of one trace, id, start and end. Fields after the parent matter only among copies; they make the order total.
    private func precedes(_ left: Int, _ right: Int) -> Bool {
        if kind[left] != kind[right] { return kind[left].rawValue < kind[right].rawValue }
        if parentID[left] != parentID[right] { return parentID[left] < parentID[right] }
        if operation[left] != operation[right] { return operation[left].rawValue < operation[right].rawValue }
        if errorType[left] != errorType[right] { return errorType[left].rawValue < errorType[right].rawValue }
        if statement[left] != statement[right] { return statement[left].rawValue < statement[right].rawValue }
        if instance[left] != instance[right] { return instance[left].rawValue < instance[right].rawValue }
        return flags[left].rawValue < flags[right].rawValue
    }
}

import Telemetry

/// A batch's rows sorted by shard, outside any lock.
struct ShardSorting {
    var roots: [Int]
    var foreign: [UInt32] = []
    private var rows: [UInt32] = []
    private var starts: [Int]

    init(_ spans: SpanTable, numbering: RequestNumbering?, shards: Int) {
        roots = [Int](repeating: 0, count: shards)
        starts = [Int](repeating: 0, count: shards + 1)
        let mask = UInt64(shards - 1)
        for row in spans.indices {
            var rootParent: UInt64 = 0
            if let numbering {
                guard let number = numbering.number(of: spans.traceID(of: row)) else {
                    foreign.append(UInt32(row))
                    continue
                }
                rootParent = numbering.spanID(of: number).rawValue
            }
            let shard = Int(spans.traceLow[row] & mask)
            starts[shard + 1] += 1
            if spans.parentID[row] == rootParent { roots[shard] += 1 }
        }
        for shard in 0..<shards { starts[shard + 1] += starts[shard] }
        rows = [UInt32](repeating: 0, count: starts[shards])
        var next = starts
        for row in spans.indices {
            if let numbering, spans.traceHigh[row] != numbering.prefix { continue }
            let shard = Int(spans.traceLow[row] & mask)
            rows[next[shard]] = UInt32(row)
            next[shard] += 1
        }
    }

    func rows(ofShard shard: Int) -> ArraySlice<UInt32> { rows[starts[shard]..<starts[shard + 1]] }
}

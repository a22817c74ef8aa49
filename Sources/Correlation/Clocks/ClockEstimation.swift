import Telemetry

/// Learns one offset per pair of hosts and puts all spans on the generator's clock.
///
/// Unlike a correction hop by hop and trace by trace, spans of one host are never moved against one another, and a pair
/// whose calls all allow 0 is left alone.
struct ClockEstimation {
    /// Fewer calls between two hosts than this say nothing.
    static let minimumCalls = 20
    /// At least this share of the calls must agree on an offset.
    static let minimumAgreement = 0.9

    private(set) var offsets: [ClockOffset] = []
    /// What to add to the times of each host's spans, by `HostTable` number.
    private(set) var shifts: [Int64]
    /// How far off the worst corrected host may still be.
    private(set) var uncertainty: UInt64 = 0

    private struct Pair: Hashable {
        var from: Int32
        var to: Int32
    }

    /// The calls of every pair of hosts so far; a dictionary is only asked when a host is called by another than before.
    private struct Calls {
        private(set) var pairs: [Pair] = []
        private(set) var intervals: [OffsetIntervals] = []
        private var numbers: [Pair: Int] = [:]
        /// By the called host.
        private var recent: [Int]

        init(hosts: Int) {
            recent = [Int](repeating: -1, count: hosts)
        }

        mutating func add(from: Int32, to: Int32, _ client: Range<UInt64>, _ start: UInt64, _ end: UInt64) {
            var number = recent[Int(to)]
            if number < 0 || pairs[number].from != from {
                let pair = Pair(from: from, to: to)
                number = numbers[pair] ?? pairs.count
                if number == pairs.count {
                    pairs.append(pair)
                    intervals.append(OffsetIntervals())
                    numbers[pair] = number
                }
                recent[Int(to)] = number
            }
            intervals[number].add(
                from: Int64(bitPattern: client.lowerBound &- start),
                to: Int64(bitPattern: client.upperBound &- end)
            )
        }
    }

    init(_ run: RunSpans, hosts: HostTable, requests: (Int) -> Range<UInt64>?) {
        shifts = [Int64](repeating: 0, count: hosts.names.count)
        var calls = Calls(hosts: hosts.names.count)
        let spans = run.spans
        for row in spans.indices where spans.kind[row] == .server {
            let caller = run.forest.callers[row]
            let (start, end) = (spans.startNanoseconds[row], spans.endNanoseconds[row])
            if caller >= 0, spans.kind[Int(caller)] == .client {
                let client = Int(caller)
                let (from, to) = (hosts.numbers[client], hosts.numbers[row])
                guard from != to else { continue }
                let sent = spans.startNanoseconds[client]
                let span = sent..<max(sent, spans.endNanoseconds[client])
                guard end - start <= span.upperBound - span.lowerBound, !spans.isError(client) else { continue }
                calls.add(from: from, to: to, span, start, end)
            } else if caller == SpanCaller.generator, let request = requests(row) {
                guard end - start <= request.upperBound - request.lowerBound else { continue }
                calls.add(from: HostTable.generator, to: hosts.numbers[row], request, start, end)
            }
        }
        solve(Dictionary(uniqueKeysWithValues: zip(calls.pairs, calls.intervals)), hosts)
    }

    // Breadth first from the generator, whose clock is the one all times are told in; most calls first.
    private mutating func solve(_ intervals: [Pair: OffsetIntervals], _ hosts: HostTable) {
        var known: [Pair: (offset: Int64, uncertainty: UInt64)] = [:]
        let pairs = intervals.keys.sorted {
            (hosts.names[Int($0.from)], hosts.names[Int($0.to)]) < (hosts.names[Int($1.from)], hosts.names[Int($1.to)])
        }
        for pair in pairs {
            guard let interval = intervals[pair], interval.count >= ClockEstimation.minimumCalls,
                let found = interval.estimate(), found.agreement >= ClockEstimation.minimumAgreement
            else { continue }
            let half = UInt64(max(0, found.high - found.low)) / 2
            let allowsZero = found.low <= 0 && 0 <= found.high
            let middle = found.low + Int64(half)
            known[pair] = (allowsZero ? 0 : middle, half)
            offsets.append(
                ClockOffset(
                    from: hosts.names[Int(pair.from)],
                    to: hosts.names[Int(pair.to)],
                    offsetNanoseconds: allowsZero ? 0 : middle,
                    uncertaintyNanoseconds: half,
                    calls: interval.count,
                    agreement: found.agreement
                )
            )
        }
        guard known.values.contains(where: { $0.offset != 0 }) else { return }
        var reached: Set<Int32> = [HostTable.generator]
        var queue = [HostTable.generator]
        var next = 0
        while next < queue.count {
            let host = queue[next]
            next += 1
            for pair in pairs where known[pair] != nil {
                guard let (offset, half) = known[pair] else { continue }
                if pair.from == host, reached.insert(pair.to).inserted {
                    shifts[Int(pair.to)] = shifts[Int(host)] + offset
                    if offset != 0 { uncertainty = max(uncertainty, half) }
                    queue.append(pair.to)
                } else if pair.to == host, reached.insert(pair.from).inserted {
                    shifts[Int(pair.from)] = shifts[Int(host)] - offset
                    if offset != 0 { uncertainty = max(uncertainty, half) }
                    queue.append(pair.from)
                }
            }
        }
    }
}

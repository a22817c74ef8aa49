import Synchronization
import Telemetry

/// One lock's share of the traces.
///
/// A class because `Mutex` cannot live in an array. Safe to call from any thread.
final class TraceShard: Sendable {
    struct State {
        var spans = SpanTable()
        /// Traces whose `TraceShard.rank` is below are kept; halves each time the shard is full.
        var keptBelow: UInt64 = 1 << 32
        var arrived = 0
        var roots = 0
        var evicted = 0
        var lastArrival: ContinuousClock.Instant?
    }

    private let state: Mutex<State>
    private let byteLimit: Int

    /// As a span of HTTP has; where spans have fewer, the columns grow once more.
    private static let usualAttributes = 8

    init(byteLimit: Int) {
        self.byteLimit = byteLimit
        var empty = State()
        let rows = byteLimit / (SpanTable.bytesPerRow + 4 * TraceShard.usualAttributes)
        empty.spans.reserve(rows: rows, attributes: rows * TraceShard.usualAttributes)
        state = Mutex(empty)
    }

    /// A trace's place in the order in which traces are given up: uniform, independent of its age and of its shard.
    static func rank(low: UInt64) -> UInt64 { low >> 32 }

    /// Takes rows of a batch; returns how many of them it could not keep.
    func append(_ rows: ArraySlice<UInt32>, of batch: SpanTable, roots: Int, at now: ContinuousClock.Instant) -> Int {
        state.withLock { state in
            state.arrived += rows.count
            state.roots += roots
            state.lastArrival = max(now, state.lastArrival ?? now)
            var refused = 0
            if state.keptBelow == 1 << 32 {
                state.spans.append(rows: rows, of: batch)
            } else {
                let kept = rows.filter { TraceShard.rank(low: batch.traceLow[Int($0)]) < state.keptBelow }
                refused = rows.count - kept.count
                state.evicted += refused
                state.spans.append(rows: kept[...], of: batch)
            }
            while state.spans.byteCount > byteLimit, state.keptBelow > 0 {
                refused += TraceShard.giveUpHalf(&state, newRows: rows.count - refused)
            }
            return refused
        }
    }

    var byteCount: Int { state.withLock { $0.spans.byteCount } }

    var size: (rows: Int, attributes: Int) {
        state.withLock { ($0.spans.count, $0.spans.attributeCount) }
    }

    func snapshot() -> State { state.withLock { $0 } }

    /// As `snapshot`, and lets go of the spans: with the room that makes, no trace has to be given up any more.
    func take() -> State {
        state.withLock { state in
            let taken = state
            state.spans = SpanTable()
            state.keptBelow = 1 << 32
            return taken
        }
    }

    /// What `snapshot` says, without holding on to the spans.
    func counters() -> State {
        state.withLock { state in
            State(
                keptBelow: state.keptBelow,
                arrived: state.arrived,
                roots: state.roots,
                evicted: state.evicted,
                lastArrival: state.lastArrival
            )
        }
    }

    // Whole traces go, chosen by hash: giving up the oldest would favour fast requests in every statistic.
    private static func giveUpHalf(_ state: inout State, newRows: Int) -> Int {
        state.keptBelow /= 2
        let firstNew = state.spans.count - newRows
        let kept = state.spans.indices.filter { rank(low: state.spans.traceLow[$0]) < state.keptBelow }
        let keptNew = kept.reversed().prefix { $0 >= firstNew }.count
        state.evicted += state.spans.count - kept.count
        state.spans.keep(kept.map { UInt32($0) })
        return newRows - keptNew
    }
}

import Baselines
import Correlation
package import Telemetry

/// Every trace that can still be shown: the recent ones in memory, the others as far as they were kept as evidence.
///
/// Safe to use from any task. A store that cannot be read throws; what is in memory alone never does.
package struct TraceArchive: Sendable {
    private let store: BaselineStore
    private let memory: WatchMemory

    /// Documents that one search looks into.
    private static let documentsASearch = 20_000
    /// The longest stretch that `calls` looks at, the end of the range: nanoseconds.
    private static let longestCalls: UInt64 = 86_400_000_000_000

    init(store: BaselineStore, memory: WatchMemory) {
        self.store = store
        self.memory = memory
    }

    /// `nil` for a trace that is unknown, or forgotten.
    package func trace(_ id: TraceID) async throws -> TraceDocument? {
        for spans in memory.recent() {
            if let document = spans.trace(id) { return document }
        }
        return try await store.trace(id)
    }

    /// Newest first.
    package func traces(matching query: TraceQuery) async throws -> [TraceDocument] {
        let limit = min(max(0, query.limit), TraceQuery.limitAtMost)
        var found: [TraceDocument] = []
        var budget = TraceArchive.documentsASearch
        for spans in memory.recent() where found.count < limit {
            found += spans.traces(matching: query, limit: limit - found.count, budget: &budget)
        }
        guard found.count < limit else { return found }
        let known = Set(found.map(\.traceID))
        // The store has some of those in memory too.
        var wider = query
        wider.limit = TraceQuery.limitAtMost
        for document in try await store.traces(matching: wider)
        where found.count < limit && !known.contains(document.traceID) {
            found.append(document)
        }
        return found.sorted { ($1.range.lowerBound, $0.traceID) < ($0.range.lowerBound, $1.traceID) }
    }

    /// Services of which anything is known, in order.
    package func services() async throws -> [String] {
        Set(memory.operations().map(\.service)).sorted()
    }

    /// Operations of a service, in order.
    package func operations(of service: String) async throws -> [OperationKey] {
        memory.operations().filter { $0.service == service }.sorted()
    }

    /// Who calls whom, in order, by the traces that began in a range of Unix nanoseconds; of a longer range its last day.
    package func calls(in range: Range<UInt64>) async throws -> [ServiceCall] {
        var counts: [String: [String: Int]] = [:]
        let end = min(range.upperBound, (try await store.windowRange()?.upperBound ?? 0) + TelemetryWindow.length)
        let start = max(range.lowerBound, end - min(end, TraceArchive.longestCalls))
        guard start < end else { return [] }
        // Who calls whom is in every window; one that is damaged takes nothing away from that.
        try await store.forEachWindow(in: start..<end, onDamage: { _ in }) { window in
            for path in window.paths where path.frame.synthetic == nil {
                guard let parent = path.parent, window.paths[parent].frame.synthetic == nil else { continue }
                let (caller, callee) = (window.paths[parent].frame.operation.service, path.frame.operation.service)
                if caller != callee { counts[caller, default: [:]][callee, default: 0] += path.calls }
            }
        }
        return counts.flatMap { caller, callees in
            callees.map { ServiceCall(caller: caller, callee: $0.key, calls: $0.value) }
        }
        .sorted { ($0.caller, $0.callee) < ($1.caller, $1.callee) }
    }
}

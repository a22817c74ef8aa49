import Correlation
import Telemetry

/// Counters of the operations with most traffic, of all others in one.
///
/// An operation that got its place keeps it, so that its counters never go backwards, until another one has twice its
/// traffic and there is no room: then its series end, and what it still does counts as `other`.
struct OperationBook {
    /// Operations with series of their own.
    static let standardLimit = 50

    private let limit: Int
    private(set) var tallies: [OperationLabels: OperationCounters] = [:]
    private(set) var other = OperationCounters()

    init(limit: Int = standardLimit) {
        self.limit = limit
    }

    /// Gives places to operations that were busy before the process started, with counters at zero.
    mutating func expect(_ window: TelemetryWindow) {
        for (labels, _) in OperationBook.byTraffic(window) where tallies[labels] == nil && tallies.count < limit {
            tallies[labels] = OperationCounters()
        }
    }

    /// Adds a closed window; each one once.
    mutating func add(_ window: TelemetryWindow) {
        let traffic = OperationBook.byTraffic(window)
        let newcomer = makeRoom(for: traffic.first { tallies[$0.key] == nil })
        var unseen = Set(tallies.keys)
        if let newcomer { unseen.remove(newcomer) }
        for (labels, tally) in traffic where labels != newcomer {
            if tallies[labels] != nil {
                tallies[labels]?.add(tally)
                tallies[labels]?.observe(rate: tally.rate)
                unseen.remove(labels)
            } else if tallies.count < limit {
                tallies[labels] = tally
            } else {
                other.add(tally)
            }
        }
        for labels in unseen { tallies[labels]?.observe(rate: 0) }
    }

    /// One a window at most, and before anything else of the window counts: what is counted is shown.
    ///
    /// Whoever got the place is counted already. Whoever lost it must not take it back with counters at zero.
    private mutating func makeRoom(
        for newcomer: (key: OperationLabels, value: OperationCounters)?
    ) -> OperationLabels? {
        guard let newcomer, tallies.count >= limit,
            let weakest = tallies.min(by: { ($0.value.rate, $0.key) < ($1.value.rate, $1.key) }),
            newcomer.value.rate > 2 * weakest.value.rate
        else { return nil }
        tallies[weakest.key] = nil
        tallies[newcomer.key] = newcomer.value
        return newcomer.key
    }

    /// Takes exemplars from the traces that were kept of a window.
    mutating func show(_ traces: [TraceDocument]) {
        for trace in traces {
            for span in trace.spans {
                let key = OperationKey(service: span.service, name: span.name, kind: span.kind)
                tallies[OperationLabels(key)]?.show(
                    ExpositionExemplar(
                        traceID: trace.traceID,
                        value: Double(span.end - span.start) / 1e9,
                        time: span.end
                    )
                )
            }
        }
    }

    /// All versions of an operation in one, most spans first.
    private static func byTraffic(
        _ window: TelemetryWindow
    ) -> [(key: OperationLabels, value: OperationCounters)] {
        var tallies: [OperationLabels: OperationCounters] = [:]
        var spans: [OperationLabels: Int] = [:]
        for operation in window.operations {
            let labels = OperationLabels(operation.operation)
            spans[labels, default: 0] += operation.count
            tallies[labels, default: OperationCounters()].merge(OperationCounters(operation))
        }
        return tallies.sorted { left, right in
            let (more, less) = (spans[left.key] ?? 0, spans[right.key] ?? 0)
            return more == less ? left.key < right.key : more > less
        }
    }
}

import Statistics
package import Telemetry

/// The load that traces bear witness to: their roots as requests, by the operation they entered through.
package struct ObservedLoad: Sendable {
    package let load: LoadResult
    /// Indexed by `TestLoad.test`.
    package let names: [String]
    package let identity: RequestIdentity

    /// Beyond this many endpoints the rarest are one.
    private static let endpointLimit = 200

    /// The name under which traces of the rarest endpoints are summed up.
    package static let otherEndpoints = "<other>"

    /// - Parameters:
    ///   - spans: in any order.
    ///   - vocabulary: of the spans.
    package init(_ spans: SpanTable, vocabulary: Vocabulary) {
        let traces = ObservedTraces(spans)
        identity = .observed(traces)
        let table = OperationTable(spans, vocabulary: vocabulary)
        var traffic = [Int](repeating: 0, count: table.count)
        for root in traces.roots { traffic[Int(root.operation.rawValue)] += 1 }
        let endpoints = traffic.indices.filter { traffic[$0] > 0 }.map {
            (id: $0, traces: traffic[$0], name: ObservedLoad.name(of: table.keys[$0]))
        }
        .sorted { ($1.traces, $0.name) < ($0.traces, $1.name) }
        var names: [String] = []
        var numbers: [String: Int] = [:]
        var tests = [Int](repeating: 0, count: table.count)
        for endpoint in endpoints {
            let isKnown = numbers[endpoint.name] != nil
            let name = isKnown || names.count < ObservedLoad.endpointLimit ? endpoint.name : ObservedLoad.otherEndpoints
            let number = numbers[name] ?? names.count
            if number == names.count { names.append(name) }
            numbers[name] = number
            tests[endpoint.id] = number
        }
        self.names = names
        load = ObservedLoad.load(traces, tests: tests, count: names.count)
    }

    /// Such as `frontend: GET /cart`.
    package static func name(of operation: OperationKey) -> String { "\(operation.service): \(operation.name)" }

    private static func load(_ traces: ObservedTraces, tests: [Int], count: Int) -> LoadResult {
        var first = UInt64.max
        var last: UInt64 = 0
        var sizes = [Int](repeating: 0, count: count)
        for root in traces.roots {
            first = min(first, root.start)
            last = max(last, root.start)
            sizes[tests[Int(root.operation.rawValue)]] += 1
        }
        // The window ends with the last request's beginning, or rates of short windows with long requests are wrong.
        first = min(first, last)
        last = max(last, first + 1)
        var loads = (0..<count).map { TestLoad(test: $0, startedAt: first) }
        for (index, size) in sizes.enumerated() { loads[index].samples.reserveCapacity(size) }
        for (number, root) in traces.roots.enumerated() {
            let test = tests[Int(root.operation.rawValue)]
            let sample = RequestSample(
                number: UInt64(number),
                test: UInt16(test),
                statusCode: 0,
                outcome: root.isError ? .status : .completed,
                scheduledAt: root.start,
                sentAt: root.start,
                finishedAt: max(root.start, root.end)
            )
            loads[test].add(sample, second: Int((root.start - first) / 1_000_000_000))
        }
        let seconds = Double(last - first) / 1e9
        for index in loads.indices {
            loads[index].endedAt = last
            loads[index].achievedRate = seconds > 0 ? Double(loads[index].ledger.answered) / max(1, seconds) : 0
            loads[index].targetRate = loads[index].achievedRate
        }
        let numbering = RequestNumbering(prefix: 1, key: 0)
        return LoadResult(tests: loads, numbering: numbering, engine: "traces", wasInterrupted: false)
    }
}

extension TestLoad {
    /// Seconds of a longer window than a day are not told apart.
    private static let secondLimit = 86_400

    fileprivate mutating func add(_ sample: RequestSample, second: Int) {
        samples.append(sample)
        ledger.scheduled += 1
        ledger[sample.outcome] += 1
        latency.record(sample.latencyNanoseconds)
        serviceTime.record(sample.serviceNanoseconds)
        guard second < TestLoad.secondLimit else { return }
        while seconds.count <= second { seconds.append(LoadSecond()) }
        seconds[second].scheduled += 1
        if sample.outcome.wasAnswered { seconds[second].answered += 1 }
        if sample.outcome != .completed { seconds[second].failed += 1 }
        seconds[second].latency.record(sample.latencyNanoseconds)
    }
}

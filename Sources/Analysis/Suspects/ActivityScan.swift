import Correlation
import Telemetry

/// One pass over the trees of a run, in buffers that the next tree uses again.
///
/// What is counted for every span stands in arrays by the number of its operation; dictionaries are asked only when an
/// operation is called by another one than the time before.
struct ActivityScan {
    private struct Recent {
        /// By the number of the other operation, plus one; 0 for none.
        var other: UInt32 = .max
        var index = 0
    }

    private let spans: SpanTable
    private let context: SpanContext
    private let operations: [OperationID: OperationKey]
    private var traces = 0
    private var duration = Moments()
    private var start = UInt64.max
    private var end: UInt64 = 0
    private var lastTraceID: TraceID?
    // By service number.
    private let serviceNames: [String]
    private var lastTrace: [Int]
    private var reach: [Int]
    // By operation number.
    private let services: [Int32]
    private var counts: [Int]
    private var errors: [Int]
    private var selfTimes: [Moments]
    private var recentCall: [Recent]
    private var recentEdge: [Recent]
    private var calls: [CallScan] = []
    private var callNumbers: [WindowActivity.Call: Int] = [:]
    private var edges: [(edge: WindowActivity.Edge, gap: Moments)] = []
    private var edgeNumbers: [WindowActivity.Edge: Int] = [:]
    private var order: [Int] = []
    private var sizes: [Int32]

    init(_ run: CorrelatedRun) {
        spans = run.spans
        context = run.context
        sizes = [Int32](repeating: 1, count: spans.count)
        let count = spans.operation.reduce(0) { max($0, Int($1.rawValue) + 1) }
        var occurs = [Bool](repeating: false, count: count)
        for operation in spans.operation { occurs[Int(operation.rawValue)] = true }
        var operations: [OperationID: OperationKey] = [:]
        var services = [Int32](repeating: -1, count: count)
        var names: [String] = []
        var numbers: [String: Int32] = [:]
        for index in occurs.indices where occurs[index] {
            let key = run.vocabulary.operation(OperationID(UInt32(index)))
            operations[OperationID(UInt32(index))] = key
            let number = numbers[key.service] ?? Int32(names.count)
            if numbers[key.service] == nil { names.append(key.service) }
            numbers[key.service] = number
            services[index] = number
        }
        self.operations = operations
        self.services = services
        serviceNames = names
        lastTrace = [Int](repeating: -1, count: names.count)
        reach = [Int](repeating: 0, count: names.count)
        counts = [Int](repeating: 0, count: count)
        errors = [Int](repeating: 0, count: count)
        selfTimes = [Moments](repeating: Moments(), count: count)
        recentCall = [Recent](repeating: Recent(), count: count)
        recentEdge = [Recent](repeating: Recent(), count: count)
    }

    func finished() -> WindowActivity {
        var activity = WindowActivity()
        activity.traces = traces
        activity.duration = duration
        activity.start = start
        activity.end = end
        activity.operations = operations
        for index in counts.indices where counts[index] > 0 {
            let operation = OperationID(UInt32(index))
            activity.counts[operation] = counts[index]
            if errors[index] > 0 { activity.errors[operation] = errors[index] }
            if selfTimes[index].count > 0 { activity.selfTimes[operation] = selfTimes[index] }
        }
        for call in calls { activity.calls[call.call] = call.finished() }
        for (edge, gap) in edges { activity.gaps[edge] = gap }
        for (number, name) in serviceNames.enumerated() where reach[number] > 0 { activity.reach[name] = reach[number] }
        return activity
    }

    mutating func addTree(under root: Int) {
        let id = spans.traceID(of: root)
        if id != lastTraceID {
            lastTraceID = id
            traces += 1
        }
        if context.caller[root] != SpanCaller.missing {
            duration.add(milliseconds(spans.durationNanoseconds(of: root)))
            start = min(start, spans.startNanoseconds[root])
            end = max(end, spans.startNanoseconds[root])
        }
        order.removeAll(keepingCapacity: true)
        order.append(root)
        var next = 0
        while next < order.count {
            for child in context.children(of: order[next]) { order.append(child) }
            next += 1
        }
        // Children stand after their parents, so going backwards every size is complete when it is handed up.
        for place in order.indices.reversed() {
            let row = order[place]
            if row != root, let parent = context.parent(of: row) { sizes[parent] += sizes[row] }
            addSpan(row)
        }
    }

    private mutating func addSpan(_ row: Int) {
        let operation = spans.operation[row]
        let index = Int(operation.rawValue)
        let service = services[index]
        if lastTrace[Int(service)] != traces {
            lastTrace[Int(service)] = traces
            reach[Int(service)] += 1
        }
        counts[index] += 1
        if context.marks[row].contains(.errorOrigin) { errors[index] += 1 }
        let call = callIndex(of: row, operation)
        calls[call].begin(spans: Int(sizes[row]))
        var remote: Int?
        var remotes = 0
        for child in context.children(of: row) {
            let called = spans.operation[child]
            let isRemote = services[Int(called.rawValue)] != service
            if isRemote {
                remotes += 1
                remote = child
            }
            let callee = isRemote ? called : remoteChild(of: child, under: service)
            calls[call].add(WindowActivity.Child(operation: called, callee: callee), spans: Int(sizes[child]))
        }
        calls[call].end()
        guard let remote else {
            selfTimes[index].add(milliseconds(selfTime(of: row)))
            return
        }
        guard remotes == 1 else { return }
        let gap = milliseconds(spans.durationNanoseconds(of: row)) - milliseconds(spans.durationNanoseconds(of: remote))
        edges[edgeIndex(operation, spans.operation[remote])].gap.add(gap)
    }

    private mutating func callIndex(of row: Int, _ operation: OperationID) -> Int {
        let caller = context.parent(of: row).map { spans.operation[$0] }
        let other = caller.map { $0.rawValue &+ 1 } ?? 0
        let index = Int(operation.rawValue)
        if recentCall[index].other == other { return recentCall[index].index }
        let call = WindowActivity.Call(caller: caller, operation: operation)
        let number = callNumbers[call] ?? calls.count
        if number == calls.count {
            calls.append(CallScan(call))
            callNumbers[call] = number
        }
        recentCall[index] = Recent(other: other, index: number)
        return number
    }

    private mutating func edgeIndex(_ caller: OperationID, _ callee: OperationID) -> Int {
        let index = Int(caller.rawValue)
        if recentEdge[index].other == callee.rawValue &+ 1 { return recentEdge[index].index }
        let edge = WindowActivity.Edge(caller: caller, callee: callee)
        let number = edgeNumbers[edge] ?? edges.count
        if number == edges.count {
            edges.append((edge, Moments()))
            edgeNumbers[edge] = number
        }
        recentEdge[index] = Recent(other: callee.rawValue &+ 1, index: number)
        return number
    }

    private func remoteChild(of child: Int, under service: Int32) -> OperationID? {
        for below in context.children(of: child) where services[Int(spans.operation[below].rawValue)] != service {
            return spans.operation[below]
        }
        return nil
    }

    /// Time of a span that no child covers; children are in order of start.
    private func selfTime(of row: Int) -> UInt64 {
        let end = spans.endNanoseconds[row]
        var time = spans.startNanoseconds[row]
        var uncovered: UInt64 = 0
        for child in context.children(of: row) {
            let childEnd = min(spans.endNanoseconds[child], end)
            if childEnd <= time { continue }
            if spans.startNanoseconds[child] > time { uncovered += spans.startNanoseconds[child] - time }
            time = childEnd
        }
        return uncovered + (end - time)
    }

    private func milliseconds(_ nanoseconds: UInt64) -> Double { Double(nanoseconds) / 1e6 }
}

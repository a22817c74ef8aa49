package import Correlation
import Telemetry

extension WindowActivity {
    /// Reads the spans of a correlated run, each once; iterative, so deep traces are no harm.
    package init(_ run: CorrelatedRun) {
        let spans = run.spans
        var scan = ActivityScan(run)
        for row in spans.indices where run.context.caller[row] < 0 && run.context.caller[row] != SpanCaller.missing {
            scan.addTree(under: row)
        }
        // A trace whose root is lost is still told by its parts.
        for row in spans.indices where run.context.caller[row] == SpanCaller.missing { scan.addTree(under: row) }
        self = scan.finished()
    }
}

/// One pass over the trees of a run, in buffers that the next tree uses again.
private struct ActivityScan {
    private var activity = WindowActivity()
    private let spans: SpanTable
    private let context: SpanContext
    /// By operation number: its service's number.
    private var services: [Int32] = []
    private var serviceNames: [String] = []
    /// By service: the last trace in which it was seen.
    private var lastTrace: [Int] = []
    private var reach: [Int] = []
    private var trace = 0
    private var lastTraceID: TraceID?
    private var order: [Int] = []
    private var sizes: [Int32]

    init(_ run: CorrelatedRun) {
        spans = run.spans
        context = run.context
        sizes = [Int32](repeating: 1, count: spans.count)
        var occurs: Set<OperationID> = []
        var highest = 0
        for operation in spans.operation {
            highest = max(highest, Int(operation.rawValue))
            occurs.insert(operation)
        }
        services = [Int32](repeating: -1, count: highest + 1)
        var numbers: [String: Int32] = [:]
        for operation in occurs.sorted(by: { $0.rawValue < $1.rawValue }) {
            let key = run.vocabulary.operation(operation)
            activity.operations[operation] = key
            let number = numbers[key.service] ?? Int32(numbers.count)
            if numbers[key.service] == nil { serviceNames.append(key.service) }
            numbers[key.service] = number
            services[Int(operation.rawValue)] = number
        }
        lastTrace = [Int](repeating: -1, count: serviceNames.count)
        reach = [Int](repeating: 0, count: serviceNames.count)
    }

    func finished() -> WindowActivity {
        var activity = activity
        for (number, name) in serviceNames.enumerated() where reach[number] > 0 { activity.reach[name] = reach[number] }
        return activity
    }

    mutating func addTree(under root: Int) {
        let id = spans.traceID(of: root)
        if id != lastTraceID {
            lastTraceID = id
            trace += 1
            activity.traces += 1
        }
        if context.caller[root] != SpanCaller.missing {
            activity.duration.add(milliseconds(spans.durationNanoseconds(of: root)))
            activity.start = min(activity.start, spans.startNanoseconds[root])
            activity.end = max(activity.end, spans.startNanoseconds[root])
        }
        order.removeAll(keepingCapacity: true)
        order.append(root)
        var next = 0
        while next < order.count {
            for child in context.children(of: order[next]) { order.append(child) }
            next += 1
        }
        // Children stand after their parents, so going backwards every size is complete when it is handed up.
        for row in order.reversed() {
            if row != root, let parent = context.parent(of: row) { sizes[parent] += sizes[row] }
            addSpan(row)
        }
    }

    private mutating func addSpan(_ row: Int) {
        let operation = spans.operation[row]
        let service = services[Int(operation.rawValue)]
        if lastTrace[Int(service)] != trace {
            lastTrace[Int(service)] = trace
            reach[Int(service)] += 1
        }
        activity.counts[operation, default: 0] += 1
        if context.marks[row].contains(.errorOrigin) { activity.errors[operation, default: 0] += 1 }
        var remote: Int?
        var remotes = 0
        for child in context.children(of: row) where services[Int(spans.operation[child].rawValue)] != service {
            remotes += 1
            remote = child
        }
        if let remote {
            if remotes == 1 {
                let gap =
                    milliseconds(spans.durationNanoseconds(of: row))
                    - milliseconds(spans.durationNanoseconds(of: remote))
                activity.gaps[.init(caller: operation, callee: spans.operation[remote]), default: Moments()].add(gap)
            }
        } else {
            activity.selfTimes[operation, default: Moments()].add(milliseconds(selfTime(of: row)))
        }
        addExecution(of: row, service: service)
    }

    private mutating func addExecution(of row: Int, service: Int32) {
        var shape = WindowActivity.Shape(children: [], last: nil)
        let caller = context.parent(of: row).map { spans.operation[$0] }
        let call = WindowActivity.Call(caller: caller, operation: spans.operation[row])
        var executions = activity.calls[call] ?? WindowActivity.Executions()
        activity.calls[call] = nil
        for child in context.children(of: row) {
            let operation = spans.operation[child]
            executions.childSpans[operation, default: 0] += Int(sizes[child])
            let described = WindowActivity.Child(operation: operation, callee: callee(of: child, under: service))
            shape.last = described
            if !shape.children.contains(where: { $0.operation == operation }) {
                shape.children.append(described)
                executions.presence[operation, default: 0] += 1
            }
        }
        executions.count += 1
        executions.spans += Int(sizes[row])
        if executions.shapes.count < WindowActivity.Executions.shapeLimit || executions.shapes[shape] != nil {
            executions.shapes[shape, default: 0] += 1
        }
        activity.calls[call] = executions
    }

    private func callee(of child: Int, under service: Int32) -> OperationID? {
        let operation = spans.operation[child]
        if services[Int(operation.rawValue)] != service { return operation }
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

import Telemetry

/// All executions of one call while spans are being read.
struct CallScan {
    private struct Kind {
        var operation: OperationID
        var executions = 0
        var spans = 0
        /// The execution in which it was last seen.
        var last = 0
    }

    let call: WindowActivity.Call
    private var count = 0
    private var spans = 0
    /// Executions without children: most, and not worth a shape each.
    private var leaves = 0
    private var kinds: [Kind] = []
    /// Only once there are many.
    private var kindNumbers: [OperationID: Int] = [:]
    private var shapes: [WindowActivity.Shape: Int] = [:]
    private var shape = WindowActivity.Shape(children: [], last: nil)

    private static let fewKinds = 16

    init(_ call: WindowActivity.Call) {
        self.call = call
    }

    /// Begins an execution that has so many spans below and including it.
    mutating func begin(spans: Int) {
        count += 1
        self.spans += spans
        shape.children.removeAll(keepingCapacity: true)
        shape.last = nil
    }

    /// Adds a child of the execution, in order of start.
    mutating func add(_ child: WindowActivity.Child, spans: Int) {
        let number = number(of: child.operation)
        kinds[number].spans += spans
        shape.last = child
        guard kinds[number].last != count else { return }
        kinds[number].last = count
        kinds[number].executions += 1
        shape.children.append(child)
    }

    mutating func end() {
        if shape.last == nil {
            leaves += 1
        } else if shapes.count < WindowActivity.Executions.shapeLimit || shapes[shape] != nil {
            shapes[shape, default: 0] += 1
        }
    }

    func finished() -> WindowActivity.Executions {
        var executions = WindowActivity.Executions()
        executions.count = count
        executions.spans = spans
        for kind in kinds {
            executions.presence[kind.operation] = kind.executions
            executions.childSpans[kind.operation] = kind.spans
        }
        executions.shapes = shapes
        if leaves > 0 { executions.shapes[WindowActivity.Shape(children: [], last: nil)] = leaves }
        return executions
    }

    private mutating func number(of operation: OperationID) -> Int {
        if kindNumbers.isEmpty {
            if let known = kinds.firstIndex(where: { $0.operation == operation }) { return known }
        } else if let known = kindNumbers[operation] {
            return known
        }
        kinds.append(Kind(operation: operation))
        if kinds.count > CallScan.fewKinds {
            if kindNumbers.isEmpty {
                for (number, kind) in kinds.enumerated() { kindNumbers[kind.operation] = number }
            }
            kindNumbers[operation] = kinds.count - 1
        }
        return kinds.count - 1
    }
}

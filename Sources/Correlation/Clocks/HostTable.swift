import Telemetry

/// Which host each span ran on, by number: an instance where spans name one, else the service.
struct HostTable {
    /// The load generator's number; its name is empty.
    static let generator: Int32 = 0

    private(set) var names = [""]
    /// By row.
    private(set) var numbers: [Int32] = []

    private struct Recent {
        var instance = StringID.empty
        var number: Int32 = -1
    }

    init(_ spans: SpanTable, operations: OperationTable, vocabulary: Vocabulary) {
        var byInstance: [StringID: Int32] = [:]
        var byService: [Int32: Int32] = [:]
        // By operation: neighbouring spans of one operation mostly ran on one host, or took turns on few.
        var recent = [Recent](repeating: Recent(), count: operations.count)
        numbers.reserveCapacity(spans.count)
        for row in spans.indices {
            let instance = spans.instance[row]
            let operation = Int(spans.operation[row].rawValue)
            if recent[operation].number >= 0, recent[operation].instance == instance {
                numbers.append(recent[operation].number)
                continue
            }
            let service = operations.services[operation]
            let known = instance.isEmpty ? byService[service] : byInstance[instance]
            let number = known ?? Int32(names.count)
            if known == nil {
                names.append(instance.isEmpty ? operations.keys[operation].service : vocabulary.string(instance))
                if instance.isEmpty { byService[service] = number } else { byInstance[instance] = number }
            }
            recent[operation] = Recent(instance: instance, number: number)
            numbers.append(number)
        }
    }
}

import Telemetry

/// Which host each span ran on, by number: an instance where spans name one, else the service.
struct HostTable {
    /// The load generator's number; its name is empty.
    static let generator: Int32 = 0

    private(set) var names = [""]
    /// By row.
    private(set) var numbers: [Int32] = []

    init(_ spans: SpanTable, operations: OperationTable, vocabulary: Vocabulary) {
        var byInstance: [StringID: Int32] = [:]
        var byService: [Int32: Int32] = [:]
        numbers.reserveCapacity(spans.count)
        for row in spans.indices {
            let instance = spans.instance[row]
            let operation = Int(spans.operation[row].rawValue)
            let known = instance.isEmpty ? byService[operations.services[operation]] : byInstance[instance]
            if let known {
                numbers.append(known)
                continue
            }
            let number = Int32(names.count)
            names.append(instance.isEmpty ? operations.keys[operation].service : vocabulary.string(instance))
            if instance.isEmpty {
                byService[operations.services[operation]] = number
            } else {
                byInstance[instance] = number
            }
            numbers.append(number)
        }
    }
}

import Telemetry

/// A run's operations by number, copied once so that hot loops need neither the vocabulary's lock nor strings.
struct OperationTable {
    /// Indexed by `OperationID.rawValue`.
    let keys: [OperationKey]
    /// Number of the operation's service: equal numbers, equal services.
    let services: [Int32]

    init(_ spans: SpanTable, vocabulary: Vocabulary) {
        let count = spans.operation.reduce(0) { max($0, Int($1.rawValue) + 1) }
        var numbers: [String: Int32] = [:]
        keys = (0..<count).map { vocabulary.operation(OperationID(UInt32($0))) }
        services = keys.map { key in
            if let number = numbers[key.service] { return number }
            let number = Int32(numbers.count)
            numbers[key.service] = number
            return number
        }
    }

    var count: Int { keys.count }

    /// The services of the operations that occur, in order.
    func services(in spans: SpanTable) -> [String] {
        var occurs = [Bool](repeating: false, count: count)
        for operation in spans.operation { occurs[Int(operation.rawValue)] = true }
        return Set(keys.indices.lazy.filter { occurs[$0] }.map { keys[$0].service }).sorted()
    }
}

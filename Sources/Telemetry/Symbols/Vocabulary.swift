import Synchronization

/// Interned strings, attributes and operations, one per process: a span then stores numbers and is compared by numbers.
///
/// Safe to call from any thread. Bounded: past `byteLimit` new strings become `StringID.overflow` and new attributes
/// `AttributeID.overflow`, past `operationLimit` new operations become `OperationID.overflow`, and all are counted.
package final class Vocabulary: Sendable {
    private struct State {
        var strings: [String] = ["", "_overflow"]
        var numbers: [String: UInt32] = ["": 0, "_overflow": 1]
        var bytes = 0
        var overflowedStrings = 0
        var operations: [Operation] = [Operation(service: .overflow, name: .overflow, kind: .unspecified)]
        var operationNumbers: [Operation: UInt32] = [:]
        var overflowedOperations = 0
        var attributes: [SpanAttribute] = [SpanAttribute(key: .overflow, value: .overflow)]
        var attributeNumbers: [SpanAttribute: UInt32] = [:]
    }

    private struct Operation: Hashable {
        var service: StringID
        var name: StringID
        var kind: SpanKind
    }

    private let state = Mutex(State())
    private let byteLimit: Int
    private let operationLimit: Int

    package init(byteLimit: Int = 64 << 20, operationLimit: Int = 50_000) {
        self.byteLimit = byteLimit
        self.operationLimit = operationLimit
    }

    package func intern(_ string: String) -> StringID {
        state.withLock { state in
            if let number = state.numbers[string] { return StringID(number) }
            let cost = string.utf8.count + 64
            guard state.bytes + cost <= byteLimit else {
                state.overflowedStrings += 1
                return .overflow
            }
            state.bytes += cost
            let number = UInt32(state.strings.count)
            state.strings.append(string)
            state.numbers[string] = number
            return StringID(number)
        }
    }

    package func intern(service: StringID, name: StringID, kind: SpanKind) -> OperationID {
        state.withLock { state in
            let operation = Operation(service: service, name: name, kind: kind)
            if let number = state.operationNumbers[operation] { return OperationID(number) }
            guard state.operations.count < operationLimit else {
                state.overflowedOperations += 1
                return .overflow
            }
            let number = UInt32(state.operations.count)
            state.operations.append(operation)
            state.operationNumbers[operation] = number
            return OperationID(number)
        }
    }

    package func intern(_ key: OperationKey) -> OperationID {
        intern(service: intern(key.service), name: intern(key.name), kind: key.kind)
    }

    package func intern(key: StringID, value: StringID) -> AttributeID {
        state.withLock { state in
            let attribute = SpanAttribute(key: key, value: value)
            if let number = state.attributeNumbers[attribute] { return AttributeID(number) }
            // An entry of the array and one of the dictionary, at their usual load.
            guard state.bytes + 40 <= byteLimit else {
                state.overflowedStrings += 1
                return .overflow
            }
            state.bytes += 40
            let number = UInt32(state.attributes.count)
            state.attributes.append(attribute)
            state.attributeNumbers[attribute] = number
            return AttributeID(number)
        }
    }

    package func attribute(_ id: AttributeID) -> SpanAttribute {
        state.withLock { $0.attributes[Int(id.rawValue)] }
    }

    /// Every attribute by its number, as of now: for readers of many spans, who would take the lock for each.
    package var attributes: [SpanAttribute] { state.withLock { $0.attributes } }

    package func string(_ id: StringID) -> String {
        state.withLock { $0.strings[Int(id.rawValue)] }
    }

    package func operation(_ id: OperationID) -> OperationKey {
        state.withLock { state in
            let operation = state.operations[Int(id.rawValue)]
            return OperationKey(
                service: state.strings[Int(operation.service.rawValue)],
                name: state.strings[Int(operation.name.rawValue)],
                kind: operation.kind
            )
        }
    }

    /// Whether more than half of the room for strings or for operations is taken, so that it is time for another one.
    package var isMoreThanHalfFull: Bool {
        state.withLock { $0.bytes > byteLimit / 2 || $0.operations.count > operationLimit / 2 }
    }

    /// Strings (or attributes) and operations that found no room, for the report's trust box.
    package var overflowed: (strings: Int, operations: Int) {
        state.withLock { ($0.overflowedStrings, $0.overflowedOperations) }
    }
}

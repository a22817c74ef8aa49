/// Spans as columns: one array a field, so that a span costs no allocation and no reference count.
///
/// A value type; rows are in order of arrival until `sortedByTrace()`. About 80 bytes a row plus 8 an attribute.
package struct SpanTable: Sendable {
    package private(set) var traceHigh: [UInt64] = []
    package private(set) var traceLow: [UInt64] = []
    package private(set) var spanID: [UInt64] = []
    package private(set) var parentID: [UInt64] = []
    package private(set) var startNanoseconds: [UInt64] = []
    package private(set) var endNanoseconds: [UInt64] = []
    package private(set) var operation: [OperationID] = []
    package private(set) var statement: [StringID] = []
    package private(set) var errorType: [StringID] = []
    package private(set) var instance: [StringID] = []
    package private(set) var kind: [SpanKind] = []
    package private(set) var flags: [SpanFlags] = []
    private var attributeEnd: [UInt32] = []
    private var attributeKeys: [StringID] = []
    private var attributeValues: [StringID] = []

    package init() {}

    package var count: Int { spanID.count }
    package var isEmpty: Bool { spanID.isEmpty }
    package var indices: Range<Int> { 0..<count }

    /// Bytes the columns hold, the measure of `StoreLimits`.
    package var byteCount: Int { count * SpanTable.bytesPerRow + attributeKeys.count * 8 }

    private static let bytesPerRow = 6 * 8 + 4 * 4 + 2 + 4

    package mutating func append(_ span: SpanFields, attributes: [SpanAttribute] = []) {
        traceHigh.append(span.traceID.high)
        traceLow.append(span.traceID.low)
        spanID.append(span.spanID.rawValue)
        parentID.append(span.parentID.rawValue)
        startNanoseconds.append(span.startNanoseconds)
        endNanoseconds.append(span.endNanoseconds)
        operation.append(span.operation)
        statement.append(span.statement)
        errorType.append(span.errorType)
        instance.append(span.instance)
        kind.append(span.kind)
        flags.append(span.flags)
        for attribute in attributes {
            attributeKeys.append(attribute.key)
            attributeValues.append(attribute.value)
        }
        attributeEnd.append(UInt32(attributeKeys.count))
    }

    /// Copies one row of another table that shares this table's vocabulary.
    package mutating func append(row: Int, of other: SpanTable) {
        traceHigh.append(other.traceHigh[row])
        traceLow.append(other.traceLow[row])
        spanID.append(other.spanID[row])
        parentID.append(other.parentID[row])
        startNanoseconds.append(other.startNanoseconds[row])
        endNanoseconds.append(other.endNanoseconds[row])
        operation.append(other.operation[row])
        statement.append(other.statement[row])
        errorType.append(other.errorType[row])
        instance.append(other.instance[row])
        kind.append(other.kind[row])
        flags.append(other.flags[row])
        let range = other.attributeRange(of: row)
        attributeKeys.append(contentsOf: other.attributeKeys[range])
        attributeValues.append(contentsOf: other.attributeValues[range])
        attributeEnd.append(UInt32(attributeKeys.count))
    }

    package func traceID(of row: Int) -> TraceID { TraceID(high: traceHigh[row], low: traceLow[row]) }

    package func durationNanoseconds(of row: Int) -> UInt64 { endNanoseconds[row] - startNanoseconds[row] }

    package func attributes(of row: Int) -> [SpanAttribute] {
        attributeRange(of: row).map { SpanAttribute(key: attributeKeys[$0], value: attributeValues[$0]) }
    }

    /// The same spans ordered by trace id, start, longest first, span id: a total order, whatever the order of arrival.
    package func sortedByTrace() -> SpanTable {
        let order = indices.sorted { left, right in
            if traceHigh[left] != traceHigh[right] { return traceHigh[left] < traceHigh[right] }
            if traceLow[left] != traceLow[right] { return traceLow[left] < traceLow[right] }
            if startNanoseconds[left] != startNanoseconds[right] {
                return startNanoseconds[left] < startNanoseconds[right]
            }
            if endNanoseconds[left] != endNanoseconds[right] { return endNanoseconds[left] > endNanoseconds[right] }
            if spanID[left] != spanID[right] { return spanID[left] < spanID[right] }
            return (kind[left].rawValue, parentID[left]) < (kind[right].rawValue, parentID[right])
        }
        var sorted = SpanTable()
        for row in order { sorted.append(row: row, of: self) }
        return sorted
    }

    private func attributeRange(of row: Int) -> Range<Int> {
        Int(row == 0 ? 0 : attributeEnd[row - 1])..<Int(attributeEnd[row])
    }
}

/// One interned attribute of a span.
package struct SpanAttribute: Sendable, Hashable {
    package var key: StringID
    package var value: StringID

    package init(key: StringID, value: StringID) {
        self.key = key
        self.value = value
    }
}

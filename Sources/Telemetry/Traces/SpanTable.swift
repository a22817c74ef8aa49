/// Spans as columns: one array a field, so that a span costs no allocation and no reference count.
///
/// A value type; rows are in order of arrival until `sortByTrace()`. 74 bytes a row plus 4 an attribute.
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
    /// How many spans each one stands for, by the sender's sampling; 1 where nothing was sampled away.
    package private(set) var weight: [Float] = []
    private var attributeEnd: [UInt32] = []
    private var attributes: [AttributeID] = []
    /// Whether the rows are known to be in the order of `sortByTrace()`.
    package private(set) var isSortedByTrace = false

    package init() {}

    package var count: Int { spanID.count }
    package var isEmpty: Bool { spanID.isEmpty }
    package var indices: Range<Int> { 0..<count }

    /// Bytes the columns hold, the measure of `StoreLimits`.
    package var byteCount: Int { count * SpanTable.bytesPerRow + attributes.count * 4 }

    /// Over all rows.
    package var attributeCount: Int { attributes.count }

    /// Bytes of one row without its attributes.
    package static let bytesPerRow = 6 * 8 + 6 * 4 + 2

    package mutating func append(_ span: SpanFields, attributes kept: [AttributeID] = []) {
        kept.withUnsafeBufferPointer { append(span, attributes: $0) }
    }

    package mutating func append(_ span: SpanFields, attributes kept: UnsafeBufferPointer<AttributeID>) {
        isSortedByTrace = false
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
        weight.append(span.weight)
        attributes.append(contentsOf: kept)
        attributeEnd.append(UInt32(attributes.count))
    }

    /// Appends many spans column by column: several times faster than one by one.
    ///
    /// `attributes` holds those of the first span, then those of the second, and so on; `attributeEnds[row]` is where in
    /// it those of the row end.
    package mutating func append(
        _ rows: UnsafeBufferPointer<SpanFields>,
        attributeEnds: UnsafeBufferPointer<Int>,
        attributes kept: UnsafeBufferPointer<AttributeID>
    ) {
        isSortedByTrace = false
        SpanTable.gather(rows, into: &traceHigh) { $0.traceID.high }
        SpanTable.gather(rows, into: &traceLow) { $0.traceID.low }
        SpanTable.gather(rows, into: &spanID) { $0.spanID.rawValue }
        SpanTable.gather(rows, into: &parentID) { $0.parentID.rawValue }
        SpanTable.gather(rows, into: &startNanoseconds) { $0.startNanoseconds }
        SpanTable.gather(rows, into: &endNanoseconds) { $0.endNanoseconds }
        SpanTable.gather(rows, into: &operation) { $0.operation }
        SpanTable.gather(rows, into: &statement) { $0.statement }
        SpanTable.gather(rows, into: &errorType) { $0.errorType }
        SpanTable.gather(rows, into: &instance) { $0.instance }
        SpanTable.gather(rows, into: &kind) { $0.kind }
        SpanTable.gather(rows, into: &flags) { $0.flags }
        SpanTable.gather(rows, into: &weight) { $0.weight }
        let before = attributes.count
        SpanTable.gather(attributeEnds, into: &attributeEnd) { UInt32(before + $0) }
        attributes.append(contentsOf: kept)
    }

    /// Copies one row of another table that shares this table's vocabulary.
    package mutating func append(row: Int, of other: SpanTable) {
        isSortedByTrace = false
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
        weight.append(other.weight[row])
        attributes.append(contentsOf: other.attributes[other.attributeRange(of: row)])
        attributeEnd.append(UInt32(attributes.count))
    }

    package func traceID(of row: Int) -> TraceID { TraceID(high: traceHigh[row], low: traceLow[row]) }

    package func durationNanoseconds(of row: Int) -> UInt64 { endNanoseconds[row] - startNanoseconds[row] }

    package func isError(_ row: Int) -> Bool { flags[row].isError || errorType[row].rawValue != 0 }

    package func attributes(of row: Int) -> ArraySlice<AttributeID> { attributes[attributeRange(of: row)] }

    /// Copies all rows of another table that shares this table's vocabulary.
    package mutating func append(contentsOf other: SpanTable) {
        // Room that was made beforehand is there to be used.
        guard !isEmpty || traceHigh.capacity > 0 else {
            self = other
            return
        }
        isSortedByTrace = false
        let attributesBefore = UInt32(attributes.count)
        traceHigh += other.traceHigh
        traceLow += other.traceLow
        spanID += other.spanID
        parentID += other.parentID
        startNanoseconds += other.startNanoseconds
        endNanoseconds += other.endNanoseconds
        operation += other.operation
        statement += other.statement
        errorType += other.errorType
        instance += other.instance
        kind += other.kind
        flags += other.flags
        weight += other.weight
        attributes += other.attributes
        attributeEnd.append(contentsOf: other.attributeEnd.lazy.map { $0 + attributesBefore })
    }

    /// Copies rows, in the order given, of another table that shares this table's vocabulary.
    ///
    /// Column by column: many times faster than row by row.
    package mutating func append(rows: ArraySlice<UInt32>, of other: SpanTable) {
        isSortedByTrace = false
        SpanTable.gather(rows, of: other.traceHigh, into: &traceHigh)
        SpanTable.gather(rows, of: other.traceLow, into: &traceLow)
        SpanTable.gather(rows, of: other.spanID, into: &spanID)
        SpanTable.gather(rows, of: other.parentID, into: &parentID)
        SpanTable.gather(rows, of: other.startNanoseconds, into: &startNanoseconds)
        SpanTable.gather(rows, of: other.endNanoseconds, into: &endNanoseconds)
        SpanTable.gather(rows, of: other.operation, into: &operation)
        SpanTable.gather(rows, of: other.statement, into: &statement)
        SpanTable.gather(rows, of: other.errorType, into: &errorType)
        SpanTable.gather(rows, of: other.instance, into: &instance)
        SpanTable.gather(rows, of: other.kind, into: &kind)
        SpanTable.gather(rows, of: other.flags, into: &flags)
        SpanTable.gather(rows, of: other.weight, into: &weight)
        gatherAttributes(rows, of: other)
    }

    private mutating func gatherAttributes(_ rows: ArraySlice<UInt32>, of other: SpanTable) {
        let (ends, values) = (other.attributeEnd, other.attributes)
        let before = attributes.count
        ends.withUnsafeBufferPointer { ends in
            func range(_ row: UInt32) -> Range<Int> { Int(row == 0 ? 0 : ends[Int(row) - 1])..<Int(ends[Int(row)]) }
            attributeEnd.append(addingCapacity: rows.count) { output in
                var end = UInt32(before)
                for row in rows {
                    end += UInt32(range(row).count)
                    output.append(end)
                }
            }
            let added = Int(attributeEnd.last ?? 0) - before
            values.withUnsafeBufferPointer { values in
                attributes.append(addingCapacity: max(0, added)) { output in
                    for row in rows {
                        for place in range(row) { output.append(values[place]) }
                    }
                }
            }
        }
    }

    /// Only these rows, in this order.
    package func selecting(_ rows: [UInt32]) -> SpanTable {
        var selection = SpanTable()
        selection.append(rows: rows[...], of: self)
        return selection
    }

    /// Leaves only these rows, ascending; a table that nobody else holds keeps its room.
    package mutating func keep(_ rows: [UInt32]) {
        SpanTable.keep(rows, of: &traceHigh)
        SpanTable.keep(rows, of: &traceLow)
        SpanTable.keep(rows, of: &spanID)
        SpanTable.keep(rows, of: &parentID)
        SpanTable.keep(rows, of: &startNanoseconds)
        SpanTable.keep(rows, of: &endNanoseconds)
        SpanTable.keep(rows, of: &operation)
        SpanTable.keep(rows, of: &statement)
        SpanTable.keep(rows, of: &errorType)
        SpanTable.keep(rows, of: &instance)
        SpanTable.keep(rows, of: &kind)
        SpanTable.keep(rows, of: &flags)
        SpanTable.keep(rows, of: &weight)
        keepAttributes(rows)
    }

    private mutating func keepAttributes(_ rows: [UInt32]) {
        var kept = 0
        attributes.withUnsafeMutableBufferPointer { attributes in
            attributeEnd.withUnsafeMutableBufferPointer { ends in
                // Of the row before the one at hand, as it was: its place may be taken already.
                var (next, previousEnd) = (0, 0)
                for (place, row) in rows.enumerated() {
                    if Int(row) > next { previousEnd = Int(ends[Int(row) - 1]) }
                    let end = Int(ends[Int(row)])
                    for index in previousEnd..<end {
                        attributes[kept] = attributes[index]
                        kept += 1
                    }
                    ends[place] = UInt32(kept)
                    (next, previousEnd) = (Int(row) + 1, end)
                }
            }
        }
        attributes.removeLast(attributes.count - kept)
        attributeEnd.removeLast(attributeEnd.count - rows.count)
    }

    private static func keep<Field>(_ rows: [UInt32], of column: inout [Field]) {
        column.withUnsafeMutableBufferPointer { column in
            for (place, row) in rows.enumerated() { column[place] = column[Int(row)] }
        }
        column.removeLast(column.count - rows.count)
    }

    /// Makes room beforehand, so that the columns need not move as they grow; untouched room costs no memory.
    package mutating func reserve(rows: Int, attributes count: Int) {
        traceHigh.reserveCapacity(rows)
        traceLow.reserveCapacity(rows)
        spanID.reserveCapacity(rows)
        parentID.reserveCapacity(rows)
        startNanoseconds.reserveCapacity(rows)
        endNanoseconds.reserveCapacity(rows)
        operation.reserveCapacity(rows)
        statement.reserveCapacity(rows)
        errorType.reserveCapacity(rows)
        instance.reserveCapacity(rows)
        kind.reserveCapacity(rows)
        flags.reserveCapacity(rows)
        weight.reserveCapacity(rows)
        attributeEnd.reserveCapacity(rows)
        attributes.reserveCapacity(count)
    }

    /// Orders the spans by trace id (low half first), start, longest first, span id: a total order, whatever the order of
    /// arrival; later calls cost nothing.
    ///
    /// One column after another, so a table that nobody else holds needs room for one more column, not for a second table.
    package mutating func sortByTrace() {
        guard !isSortedByTrace else { return }
        let rows = rowsByTrace()
        if zip(rows, indices).contains(where: { Int($0) != $1 }) { rearrange(rows) }
        isSortedByTrace = true
    }

    private mutating func rearrange(_ rows: [UInt32]) {
        SpanTable.rearrange(&traceHigh, rows)
        SpanTable.rearrange(&traceLow, rows)
        SpanTable.rearrange(&spanID, rows)
        SpanTable.rearrange(&parentID, rows)
        SpanTable.rearrange(&startNanoseconds, rows)
        SpanTable.rearrange(&endNanoseconds, rows)
        SpanTable.rearrange(&operation, rows)
        SpanTable.rearrange(&statement, rows)
        SpanTable.rearrange(&errorType, rows)
        SpanTable.rearrange(&instance, rows)
        SpanTable.rearrange(&kind, rows)
        SpanTable.rearrange(&flags, rows)
        SpanTable.rearrange(&weight, rows)
        var old = SpanTable()
        swap(&old.attributeEnd, &attributeEnd)
        swap(&old.attributes, &attributes)
        gatherAttributes(rows[...], of: old)
    }

    private static func rearrange<Field>(_ column: inout [Field], _ rows: [UInt32]) {
        var rearranged: [Field] = []
        gather(rows[...], of: column, into: &rearranged)
        column = rearranged
    }

    /// The same spans with each row's times moved; nanoseconds, never below zero.
    package func shiftingTimes(by offset: (Int) -> Int64) -> SpanTable {
        var shifted = self
        shifted.isSortedByTrace = false
        for row in indices {
            let offset = offset(row)
            guard offset != 0 else { continue }
            shifted.startNanoseconds[row] = SpanTable.moved(startNanoseconds[row], by: offset)
            shifted.endNanoseconds[row] = SpanTable.moved(endNanoseconds[row], by: offset)
        }
        return shifted
    }

    private static func moved(_ time: UInt64, by offset: Int64) -> UInt64 {
        let (sum, overflow) =
            offset < 0
            ? time.subtractingReportingOverflow(offset.magnitude) : time.addingReportingOverflow(offset.magnitude)
        return overflow ? (offset < 0 ? 0 : .max) : sum
    }

    @inline(__always)
    private static func gather<Row, Field>(
        _ rows: UnsafeBufferPointer<Row>,
        into column: inout [Field],
        _ field: (Row) -> Field
    ) {
        column.append(addingCapacity: rows.count) { output in
            for row in rows { output.append(field(row)) }
        }
    }

    private static func gather<Field>(
        _ rows: ArraySlice<UInt32>,
        of source: [Field],
        into column: inout [Field]
    ) {
        source.withUnsafeBufferPointer { source in
            column.append(addingCapacity: rows.count) { output in
                for row in rows { output.append(source[Int(row)]) }
            }
        }
    }

    private func attributeRange(of row: Int) -> Range<Int> {
        Int(row == 0 ? 0 : attributeEnd[row - 1])..<Int(attributeEnd[row])
    }
}

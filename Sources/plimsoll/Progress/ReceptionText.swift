import Runs

/// What `plimsoll receive` prints.
enum ReceptionText {
    /// Operations shown at the end; the rest is one line.
    private static let operationLimit = 50

    static func line(_ progress: Reception.Progress) -> String {
        var parts = ["\(progress.requests) requests", "\(progress.acceptedSpans) spans"]
        if progress.points > 0 { parts.append("\(progress.points) data points") }
        if progress.logs > 0 { parts.append("\(progress.logs) log records") }
        if progress.rejectedSpans > 0 { parts.append("\(progress.rejectedSpans) rejected") }
        if progress.droppedSpans > 0 { parts.append("\(progress.droppedSpans) dropped") }
        if progress.refusedRequests > 0 { parts.append("\(progress.refusedRequests) requests refused") }
        parts.append("\(progress.storedSpans) stored in \(progress.storedBytes) bytes")
        return parts.joined(separator: ", ")
    }

    static func summary(of reception: Reception) -> String {
        ([line(reception.progress)] + table(of: reception.operations())).joined(separator: "\n")
    }

    /// One line an operation.
    static func table(of operations: [Reception.OperationCount]) -> [String] {
        var lines: [String] = []
        for count in operations.prefix(operationLimit) {
            let errors = count.errors > 0 ? ", \(count.errors) errors" : ""
            lines.append("  \(count.spans) × \(count.title)\(errors)")
        }
        if operations.count > operationLimit {
            lines.append("  … and \(operations.count - operationLimit) more operations")
        }
        return lines
    }
}

import FoundationEssentials
import OTLP
import Telemetry

/// The answer of an Application Insights query over requests, dependencies and exceptions, in the columns of the
/// classic tables or of the workspace's (`spec/wire.md` section 6.5).
///
/// A row is one of a sample: its `itemCount` becomes the span's sampling threshold, so that counts stay right.
enum ApplicationInsightsFormat {
    private struct Answer: Decodable {
        var tables: [Table]
    }

    private struct Table: Decodable {
        var columns: [Column]
        var rows: [[ImportedValue]]
    }

    private struct Column: Decodable {
        var name: String
    }

    /// One row by column.
    private struct Row {
        let columns: [String: Int]
        let values: [ImportedValue]

        /// The first of these columns that is there and not null.
        subscript(_ names: String...) -> ImportedValue? {
            for name in names {
                guard let index = columns[name], index < values.count, values[index] != .null else { continue }
                return values[index]
            }
            return nil
        }

        func text(_ names: String...) -> String {
            names.lazy.compactMap { self[$0]?.text }.first { !$0.isEmpty } ?? ""
        }

        func has(_ names: String...) -> Bool { names.contains { columns[$0] != nil } }
    }

    static func convert(_ body: [UInt8]) throws(ImportError) -> ConvertedTraces {
        let answer: Answer
        do {
            answer = try JSONDecoder().decode(Answer.self, from: Data(body))
        } catch {
            throw .malformed(.applicationInsights, reason: "\(error)")
        }
        let rows = answer.tables.flatMap { table in
            let columns = Dictionary(
                table.columns.enumerated().map { ($1.name, $0) },
                uniquingKeysWith: { first, _ in first }
            )
            return table.rows.map { Row(columns: columns, values: $0) }
        }
        let isException: (Row) -> Bool = {
            $0.has("outerMessage", "OuterMessage", "problemId") && !$0.has("resultCode", "ResultCode")
        }
        var exceptions: [String: String] = [:]
        for row in rows where isException(row) {
            exceptions[row.text("operation_ParentId", "ParentId")] = row.text("type", "ExceptionType", "problemId")
        }
        var converted = ConvertedTraces()
        var byRole: [[String]: Int] = [:]
        for row in rows where !isException(row) {
            guard let span = export(row, exceptions: exceptions) else {
                converted.reject("the row with id \(row.text("id", "Id")) has no W3C ids, no time or no duration")
                continue
            }
            let role = [row.text("cloud_RoleName", "AppRoleName"), row.text("cloud_RoleInstance", "AppRoleInstance")]
            let number = byRole[role] ?? converted.resources.count
            if number == converted.resources.count {
                byRole[role] = number
                converted.resources.append(ImportedSpans(service: role[0], instance: role[1]))
            }
            converted.resources[number].spans.append(span)
        }
        return converted
    }

    private static func export(_ row: Row, exceptions: [String: String]) -> ExportSpan? {
        let id = row.text("id", "Id")
        // Ids from before W3C Trace Context, such as "|abc.1.", belong to no trace that could be joined.
        guard let traceID = ImportedIdentifiers.trace(row.text("operation_Id", "OperationId")),
            let spanID = ImportedIdentifiers.span(id),
            let start = UTCTimestamp.nanoseconds(row.text("timestamp", "TimeGenerated")),
            let milliseconds = row["duration", "DurationMs"]?.number, (0...1e9).contains(milliseconds)
        else { return nil }
        let parentText = row.text("operation_ParentId", "ParentId")
        // A root's parent is the operation itself.
        let parent = parentText == row.text("operation_Id", "OperationId") ? nil : ImportedIdentifiers.span(parentText)
        // A union of both tables has all columns of both and `itemType`; one table alone may lack it.
        let itemType = row.text("itemType")
        let isDependency = itemType.isEmpty ? row.has("target", "Target") : itemType == "dependency"
        let isError = row["success", "Success"].map { !$0.isTrue } ?? false
        var span = ExportSpan(
            traceID: traceID,
            spanID: spanID,
            parentID: parent ?? .none,
            name: row.text("name", "Name"),
            kind: isDependency ? .client : .server,
            startNanoseconds: start,
            endNanoseconds: start + UInt64((milliseconds * 1e6).rounded()),
            attributes: attributes(of: row, isDependency: isDependency),
            errorMessage: isError ? "" : nil,
            errorType: isError ? exceptions[id].flatMap { $0.isEmpty ? nil : $0 } : nil
        )
        span.traceState = traceState(itemCount: row["itemCount", "ItemCount"]?.number ?? 1)
        return span
    }

    private static func attributes(of row: Row, isDependency: Bool) -> [(key: String, value: AttributeValue)] {
        let code = row.text("resultCode", "ResultCode")
        let type = row.text("type", "DependencyType", "Type")
        let data = row.text("data", "Data")
        let status = Int64(code).flatMap { (100..<600).contains($0) ? $0 : nil }
        var attributes: [(key: String, value: AttributeValue)] = []
        func add(_ key: String, _ value: String) {
            if !value.isEmpty { attributes.append((key, .string(value))) }
        }
        if let status, !isDependency || type.lowercased().hasPrefix("http") {
            attributes.append(("http.response.status_code", .int(status)))
        }
        guard isDependency else {
            add("url.full", row.text("url", "Url"))
            return attributes
        }
        add("server.address", row.text("target", "Target"))
        switch type.lowercased() {
        case "sql", "postgresql", "mysql", "sqlite":
            add("db.system.name", type.lowercased() == "sql" ? "microsoft.sql_server" : type.lowercased())
            add("db.query.text", data)
        case let type where type.hasPrefix("http"): add("url.full", data)
        default: break
        }
        return attributes
    }

    /// `ot=th:` of a span that stands for `itemCount` spans: it was kept with probability one in so many.
    private static func traceState(itemCount: Double) -> String {
        guard itemCount > 1, itemCount < 1e15 else { return "" }
        let threshold = UInt64((72_057_594_037_927_936.0 * (1 - 1 / itemCount)).rounded())
        let digits = String(threshold, radix: 16)
        return "ot=th:" + String(repeating: "0", count: max(0, 14 - digits.utf8.count)) + digits
    }
}

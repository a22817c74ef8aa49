import GRDB
import Telemetry

/// A connection for the duration of one `read` or `write`.
struct TracedConnection {
    let database: Database
    let tracer: Tracer
    let parent: TraceContext?
    let name: String

    func rows<Value>(
        _ query: SQLQuery,
        _ arguments: StatementArguments,
        _ value: (Row) throws -> Value
    ) throws -> [Value] {
        try withSpan(query) {
            try Row.fetchAll(try database.cachedStatement(sql: query.text), arguments: arguments).map(value)
        }
    }

    func execute(_ query: SQLQuery, _ arguments: StatementArguments) throws {
        try withSpan(query) {
            try database.cachedStatement(sql: query.text).execute(arguments: arguments)
        }
    }

    private func withSpan<Value>(_ query: SQLQuery, _ work: () throws -> Value) throws -> Value {
        var span = tracer.begin(
            query.summary,
            kind: .client,
            parent: parent,
            attributes: [
                ("db.system.name", "sqlite"),
                ("db.namespace", .string(name)),
                ("db.operation.name", .string(query.operation)),
                ("db.collection.name", .string(query.table)),
                ("db.query.summary", .string(query.summary)),
                ("db.query.text", .string(query.text)),
            ]
        )
        defer { tracer.end(span) }
        do {
            return try work()
        } catch {
            span.errorType = (error as? DatabaseError).map { "\($0.resultCode)" } ?? "_OTHER"
            span.errorMessage = "\(error)"
            throw error
        }
    }
}

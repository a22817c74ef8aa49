import GRDB

/// A SQLite file with a few readers and one writer; every statement gets its span.
///
/// Statements run on GRDB's own threads and never block the cooperative pool.
struct TracedDatabase: Sendable {
    private let pool: DatabasePool
    private let tracer: Tracer
    private let name: String

    /// Creates the file in `folder`, and runs `setup` without spans: the schema and the rows to start with.
    init(_ name: String, in folder: ScratchFolder, tracer: Tracer, setup: [String]) throws {
        var configuration = Configuration()
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            // The rows are made up again at the next start: losing them to a power cut is fine.
            try database.execute(sql: "PRAGMA synchronous = OFF")
        }
        pool = try DatabasePool(path: folder.path(for: "\(name).sqlite"), configuration: configuration)
        self.tracer = tracer
        self.name = name
        try pool.write { database in
            for statement in setup { try database.execute(sql: statement) }
        }
        try pool.writeWithoutTransaction { database in
            try database.execute(sql: "ANALYZE")
        }
    }

    /// Runs `work` on a reader, in the running task's trace.
    func read<Value: Sendable>(
        _ work: @escaping @Sendable (TracedConnection) throws -> Value
    ) async throws -> Value {
        // Task-local values do not reach GRDB's threads.
        let parent = Tracer.current
        return try await pool.read { [tracer, name] database in
            try work(TracedConnection(database: database, tracer: tracer, parent: parent, name: name))
        }
    }

    /// Runs `work` in one transaction, in the running task's trace.
    func write<Value: Sendable>(
        _ work: @escaping @Sendable (TracedConnection) throws -> Value
    ) async throws -> Value {
        let parent = Tracer.current
        return try await pool.write { [tracer, name] database in
            try work(TracedConnection(database: database, tracer: tracer, parent: parent, name: name))
        }
    }
}

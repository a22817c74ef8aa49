import GRDB

extension BaselineStore {
    /// More of them about one thing are refused: nobody reads them, and somebody could fill the file with them.
    package static let annotationsPerSubject = 500
    /// Of all subjects together.
    package static let annotationsAltogether = 20_000
    /// The newest runs, whose findings can be spoken of.
    private static let runsWithFindings = 50

    /// Stores an annotation and returns it with its id; `nil` where there are too many already.
    package func add(_ annotation: StoredAnnotation) async throws(BaselineStoreError) -> StoredAnnotation? {
        try await write("storing an annotation") { database in
            let known = try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM annotations WHERE subject = ? AND subject_id = ?",
                arguments: [annotation.subject.rawValue, annotation.subjectID]
            )
            let all = try Int.fetchOne(database, sql: "SELECT count(*) FROM annotations")
            guard known ?? 0 < BaselineStore.annotationsPerSubject, all ?? 0 < BaselineStore.annotationsAltogether
            else { return nil }
            try database.execute(
                sql: """
                    INSERT INTO annotations
                        (subject, subject_id, author, at, note, status, disposition, assignee, excluded_until,
                        status_until, test)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    annotation.subject.rawValue, annotation.subjectID, annotation.author,
                    Int64(clamping: annotation.at), annotation.note, annotation.status,
                    annotation.disposition?.rawValue, annotation.assignee,
                    annotation.excludedUntil.map { Int64(clamping: $0) },
                    annotation.statusUntil.map { Int64(clamping: $0) }, annotation.test,
                ]
            )
            var stored = annotation
            stored.id = database.lastInsertedRowID
            return stored
        }
    }

    /// Annotations, newest first; about one kind of thing, and about one thing, where they are given.
    package func annotations(
        about subject: StoredAnnotation.Subject? = nil,
        id: String? = nil,
        limit: Int = 1_000
    ) async throws(BaselineStoreError) -> [StoredAnnotation] {
        try await read("reading annotations") { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM annotations WHERE (? IS NULL OR subject = ?) AND (? IS NULL OR subject_id = ?)
                    ORDER BY id DESC LIMIT ?
                    """,
                arguments: [subject?.rawValue, subject?.rawValue, id, id, max(0, limit)]
            ).map { try StoredAnnotation($0) }
        }
    }

    /// What may decide a run of a module's edition, newest first: annotations about its runs, and about findings.
    package func annotations(
        aboutRunsOf moduleID: String,
        editionID: String
    ) async throws(BaselineStoreError) -> [StoredAnnotation] {
        try await read("reading annotations about \(moduleID)") { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT annotations.* FROM annotations
                        LEFT JOIN runs ON subject = 'run' AND runs.id = subject_id
                    WHERE subject = 'finding'
                        OR (module_id = ? AND edition_id = ?
                            AND (annotations.status IS NOT NULL OR excluded_until IS NOT NULL))
                    ORDER BY annotations.id DESC
                    """,
                arguments: [moduleID, editionID]
            ).map { try StoredAnnotation($0) }
        }
    }

    /// Whether there is anything of this name to speak of, and where a test is named, whether that run had it.
    ///
    /// A finding is known while one of the newest 50 runs has it.
    package func knows(
        _ subject: StoredAnnotation.Subject,
        id: String,
        test: String? = nil
    ) async throws(BaselineStoreError) -> Bool {
        try await read("looking for \(subject.rawValue) \(id)") { database in
            let statement: SQLRequest<Bool>
            switch subject {
            case .run where test != nil:
                statement = "SELECT EXISTS (SELECT 1 FROM test_results WHERE run_id = \(id) AND endpoint = \(test))"
            case .run: statement = "SELECT EXISTS (SELECT 1 FROM runs WHERE id = \(id))"
            case .deploy: statement = "SELECT EXISTS (SELECT 1 FROM deploys WHERE id = \(id))"
            case .check: statement = "SELECT EXISTS (SELECT 1 FROM checks WHERE id = \(id))"
            case .finding:
                statement = """
                    SELECT EXISTS (
                        SELECT 1 FROM (
                            SELECT id FROM runs ORDER BY started_at DESC, id DESC LIMIT \(BaselineStore.runsWithFindings)
                        ) AS newest JOIN run_summaries ON run_id = newest.id, json_each(CAST(findings AS TEXT))
                        WHERE json_extract(value, '$.fingerprint') = \(id)
                    )
                    """
            }
            return try statement.fetchOne(database) ?? false
        }
    }
}

extension StoredAnnotation {
    init(_ row: Row) throws {
        let subject: String = try row.decode(forColumn: "subject")
        guard let known = Subject(rawValue: subject) else {
            throw RowDecodingFailure(column: "subject", value: subject)
        }
        let disposition: String? = try row.decode(forColumn: "disposition")
        let excluded: Int64? = try row.decode(forColumn: "excluded_until")
        let statusUntil: Int64? = try row.decode(forColumn: "status_until")
        self.init(
            id: try row.decode(forColumn: "id"),
            subject: known,
            subjectID: try row.decode(forColumn: "subject_id"),
            author: try row.decode(forColumn: "author"),
            at: UInt64(clamping: try row.decode(Int64.self, forColumn: "at")),
            note: try row.decode(forColumn: "note"),
            status: try row.decode(forColumn: "status"),
            statusUntil: statusUntil.map { UInt64(clamping: $0) },
            test: try row.decode(forColumn: "test"),
            disposition: disposition.flatMap { Disposition(rawValue: $0) },
            assignee: try row.decode(forColumn: "assignee"),
            excludedUntil: excluded.map { UInt64(clamping: $0) }
        )
    }
}

import GRDB

extension BaselineStore {
    /// More of them about one thing are refused: nobody reads them, and somebody could fill the file with them.
    package static let annotationsPerSubject = 500

    /// Stores an annotation and returns it with its id; `nil` where there are too many about the same thing already.
    package func add(_ annotation: StoredAnnotation) async throws(BaselineStoreError) -> StoredAnnotation? {
        try await write("storing an annotation") { database in
            let known =
                try Int.fetchOne(
                    database,
                    sql: "SELECT count(*) FROM annotations WHERE subject = ? AND subject_id = ?",
                    arguments: [annotation.subject.rawValue, annotation.subjectID]
                ) ?? 0
            guard known < BaselineStore.annotationsPerSubject else { return nil }
            try database.execute(
                sql: """
                    INSERT INTO annotations
                        (subject, subject_id, author, at, note, status, disposition, assignee, excluded_until)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    annotation.subject.rawValue, annotation.subjectID, annotation.author,
                    Int64(clamping: annotation.at), annotation.note, annotation.status,
                    annotation.disposition?.rawValue, annotation.assignee,
                    annotation.excludedUntil.map { Int64(clamping: $0) },
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
}

extension StoredAnnotation {
    init(_ row: Row) throws {
        let subject: String = try row.decode(forColumn: "subject")
        guard let known = Subject(rawValue: subject) else {
            throw RowDecodingFailure(column: "subject", value: subject)
        }
        let disposition: String? = try row.decode(forColumn: "disposition")
        let excluded: Int64? = try row.decode(forColumn: "excluded_until")
        self.init(
            id: try row.decode(forColumn: "id"),
            subject: known,
            subjectID: try row.decode(forColumn: "subject_id"),
            author: try row.decode(forColumn: "author"),
            at: UInt64(clamping: try row.decode(Int64.self, forColumn: "at")),
            note: try row.decode(forColumn: "note"),
            status: try row.decode(forColumn: "status"),
            disposition: disposition.flatMap { Disposition(rawValue: $0) },
            assignee: try row.decode(forColumn: "assignee"),
            excludedUntil: excluded.map { UInt64(clamping: $0) }
        )
    }
}

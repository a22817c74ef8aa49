/// The table of annotations: `docs/formats/baseline-schema.md`.
enum AnnotationTables {
    static let sql = """
        CREATE TABLE annotations (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            subject TEXT NOT NULL CHECK (subject IN ('run', 'finding', 'deploy', 'check')),
            subject_id TEXT NOT NULL,
            author TEXT NOT NULL,
            at INTEGER NOT NULL,
            note TEXT NOT NULL,
            status TEXT CHECK (status IN ('pass', 'warning', 'degraded', 'fail')),
            disposition TEXT CHECK (disposition IN ('open', 'accepted', 'resolved', 'notAProblem')),
            assignee TEXT,
            excluded_until INTEGER
        ) STRICT;
        CREATE INDEX annotations_by_subject ON annotations (subject, subject_id, id);
        """

    /// Migration 6, never edited: verdicts that also decide later runs, and verdicts about one test of a run.
    static let lasting = """
        ALTER TABLE annotations ADD COLUMN status_until INTEGER;
        ALTER TABLE annotations ADD COLUMN test TEXT;
        """
}

/// What pages and later runs ask of every run, so that no whole report is read for it: migration 7, never edited.
///
/// `run_summaries` repeats the few parts of a report that lists need; `test_keys` has every test there ever was.
enum SummaryTables {
    static let sql = """
        CREATE TABLE run_summaries (
            run_id TEXT NOT NULL PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
            change REAL,
            decision TEXT,
            attempt INTEGER NOT NULL,
            findings BLOB NOT NULL,
            retry BLOB
        ) STRICT;
        CREATE INDEX repeated_runs ON run_summaries (run_id) WHERE retry IS NOT NULL;

        CREATE TABLE test_keys (
            module_id TEXT NOT NULL,
            edition_id TEXT NOT NULL,
            test_type TEXT NOT NULL,
            endpoint TEXT NOT NULL,
            PRIMARY KEY (module_id, edition_id, test_type, endpoint)
        ) STRICT, WITHOUT ROWID;

        INSERT INTO test_keys
            SELECT DISTINCT module_id, edition_id, test_type, endpoint
            FROM runs JOIN test_results ON test_results.run_id = runs.id;

        INSERT INTO run_summaries
            SELECT id, change, decision, coalesce(json_extract(text, '$.retry.attempt'), 0),
                CAST(coalesce(json_extract(text, '$.findings'), '[]') AS BLOB),
                CAST(json_extract(text, '$.retry') AS BLOB)
            FROM (
                SELECT id, CAST(report AS TEXT) AS text,
                    (SELECT max(json_extract(value, '$.comparison.p95.after')
                            / nullif(json_extract(value, '$.comparison.p95.before'), 0.0))
                        FROM json_each(CAST(report AS TEXT), '$.tests')) AS change,
                    (SELECT json_extract(value, '$.comparison.p95.decision')
                        FROM json_each(CAST(report AS TEXT), '$.tests')
                        ORDER BY json_extract(value, '$.comparison.p95.after')
                            / nullif(json_extract(value, '$.comparison.p95.before'), 0.0) DESC NULLS LAST LIMIT 1
                    ) AS decision
                FROM runs
            );
        """
}

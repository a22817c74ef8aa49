import GRDB

/// The tables, as `docs/formats/baseline-schema.md` describes them.
enum Schema {
    /// `Plim` in ASCII: tells our files from those of other programs that use SQLite.
    static let applicationID = 0x506C_696D

    /// Migrations are named and never edited; a change is another migration behind the last.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1-runs-and-test-results", foreignKeyChecks: .immediate) { database in
            try database.execute(
                sql: """
                    CREATE TABLE runs (
                        id TEXT NOT NULL PRIMARY KEY,
                        lineage_id TEXT NOT NULL,
                        module_id TEXT NOT NULL,
                        edition_id TEXT NOT NULL,
                        started_at INTEGER NOT NULL,
                        ended_at INTEGER NOT NULL,
                        status TEXT NOT NULL,
                        score REAL NOT NULL,
                        exit_code INTEGER NOT NULL,
                        was_interrupted INTEGER NOT NULL CHECK (was_interrupted IN (0, 1)),
                        version TEXT NOT NULL,
                        engine TEXT NOT NULL,
                        environment TEXT NOT NULL,
                        report BLOB NOT NULL
                    ) STRICT;

                    CREATE TABLE test_results (
                        run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
                        position INTEGER NOT NULL,
                        test_type TEXT NOT NULL,
                        endpoint TEXT NOT NULL,
                        status TEXT NOT NULL,
                        is_accepted INTEGER NOT NULL CHECK (is_accepted IN (0, 1)),
                        score REAL NOT NULL,
                        p95_ms REAL NOT NULL,
                        error_rate REAL NOT NULL,
                        achieved_rate REAL NOT NULL,
                        coverage REAL,
                        profile BLOB NOT NULL,
                        latency BLOB NOT NULL,
                        PRIMARY KEY (run_id, position)
                    ) STRICT;

                    CREATE INDEX runs_by_age ON runs (started_at);
                    CREATE INDEX runs_by_module ON runs (module_id, edition_id, started_at);
                    PRAGMA application_id = \(applicationID);
                    """
            )
        }
        migrator.registerMigration("2-decisions", foreignKeyChecks: .immediate) { database in
            try database.execute(
                sql: """
                    ALTER TABLE test_results
                        ADD COLUMN is_regressed INTEGER NOT NULL DEFAULT 0 CHECK (is_regressed IN (0, 1));

                    CREATE TABLE baseline_decisions (
                        module_id TEXT NOT NULL,
                        edition_id TEXT NOT NULL,
                        test_type TEXT NOT NULL,
                        endpoint TEXT NOT NULL,
                        run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
                        decision TEXT NOT NULL CHECK (decision IN ('pinned', 'promoted')),
                        decided_at INTEGER NOT NULL,
                        PRIMARY KEY (module_id, edition_id, test_type, endpoint)
                    ) STRICT;
                    """
            )
        }
        migrator.registerMigration("3-windows", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: ServiceTables.sql)
        }
        migrator.registerMigration("4-annotations", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: AnnotationTables.sql)
        }
        migrator.registerMigration("5-anomalies", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: AnomalyTables.sql)
        }
        migrator.registerMigration("6-annotations-that-last", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: AnnotationTables.lasting)
        }
        migrator.registerMigration("7-run-summaries", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: SummaryTables.sql)
        }
        migrator.registerMigration("8-checks-in-columns", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: CheckTables.sql)
        }
        return migrator
    }
}

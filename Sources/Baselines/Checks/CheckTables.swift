/// Checks with columns for all that lists show, so that no list opens a report: migration 8, never edited.
///
/// The report stands last, since what stands behind it can only be reached through its pages. A check whose report is no
/// JSON could not be shown before either and is left behind.
enum CheckTables {
    static let sql = """
        CREATE TABLE checks_in_columns (
            id TEXT NOT NULL PRIMARY KEY,
            deploy_id TEXT NOT NULL,
            service TEXT NOT NULL,
            version TEXT NOT NULL,
            checked_at INTEGER NOT NULL,
            verdict TEXT NOT NULL CHECK (verdict IN ('fine', 'anomalous', 'inconclusive')),
            confidence REAL NOT NULL,
            control TEXT NOT NULL,
            placebo_pairs INTEGER NOT NULL,
            summary TEXT NOT NULL,
            findings TEXT NOT NULL,
            report BLOB NOT NULL
        ) STRICT;
        INSERT OR IGNORE INTO checks_in_columns
            SELECT id, deploy_id, report ->> '$.deploy.service', report ->> '$.deploy.version', checked_at, verdict,
                CAST(report ->> '$.confidence' AS REAL), report ->> '$.control', report ->> '$.placeboPairs',
                report ->> '$.summary', report -> '$.findings', CAST(report AS BLOB)
            FROM (SELECT id, deploy_id, checked_at, verdict, CAST(report AS TEXT) AS report FROM checks)
            WHERE json_valid(report);
        DROP TABLE checks;
        ALTER TABLE checks_in_columns RENAME TO checks;
        CREATE INDEX checks_by_time ON checks (checked_at);
        CREATE INDEX checks_by_deploy ON checks (deploy_id, checked_at);
        CREATE INDEX checks_by_service ON checks (service, checked_at);
        CREATE INDEX deploys_by_service ON deploys (service, at);
        """
}

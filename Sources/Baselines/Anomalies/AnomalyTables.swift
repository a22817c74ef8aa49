/// Anomalies of operations: migration 5, never edited.
enum AnomalyTables {
    static let sql = """
        CREATE TABLE anomalies (
            id TEXT NOT NULL PRIMARY KEY,
            service TEXT NOT NULL,
            since INTEGER NOT NULL,
            until INTEGER,
            severity TEXT NOT NULL CHECK (severity IN ('warning', 'critical')),
            episode BLOB NOT NULL
        ) STRICT;
        CREATE INDEX anomalies_by_time ON anomalies (since, id);
        CREATE INDEX anomalies_that_last ON anomalies (since) WHERE until IS NULL;
        """
}

/// What the service keeps beside runs: migration 3, never edited.
enum ServiceTables {
    static let sql = """
        CREATE TABLE windows (
            started_at INTEGER NOT NULL PRIMARY KEY,
            traces INTEGER NOT NULL,
            spans INTEGER NOT NULL,
            contents BLOB NOT NULL
        ) STRICT;

        CREATE TABLE traces (
            id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
            window INTEGER NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('typical', 'worst', 'erroring')),
            service TEXT NOT NULL,
            operation TEXT NOT NULL,
            services TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            duration INTEGER NOT NULL,
            errors INTEGER NOT NULL,
            spans INTEGER NOT NULL,
            document BLOB NOT NULL
        ) STRICT;
        CREATE INDEX traces_by_start ON traces (started_at, duration);
        CREATE INDEX traces_by_window ON traces (window);

        CREATE TABLE deploys (
            id TEXT NOT NULL PRIMARY KEY,
            service TEXT NOT NULL,
            version TEXT NOT NULL,
            at INTEGER NOT NULL,
            source TEXT NOT NULL CHECK (source IN ('declared', 'observed')),
            message TEXT,
            url TEXT
        ) STRICT;
        CREATE INDEX deploys_by_time ON deploys (at);

        CREATE TABLE checks (
            id TEXT NOT NULL PRIMARY KEY,
            deploy_id TEXT NOT NULL,
            checked_at INTEGER NOT NULL,
            verdict TEXT NOT NULL CHECK (verdict IN ('fine', 'anomalous', 'inconclusive')),
            report BLOB NOT NULL
        ) STRICT;
        CREATE INDEX checks_by_time ON checks (checked_at);
        CREATE INDEX checks_by_deploy ON checks (deploy_id, checked_at);
        """
}

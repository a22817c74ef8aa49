/// Where SQL dialects disagree on what is a literal; a wrong guess would store somebody's data.
struct SQLDialect: Sendable {
    enum DoubleQuotes { case name, string, byPlace }

    /// Whether a backslash escapes a quote in a string; `nil` when we cannot tell.
    var backslashEscapes: Bool?
    /// What `"…"` is; `.byPlace` for SQLite, which takes it for a string where no such column exists.
    var doubleQuotes: DoubleQuotes
    var hasHashComments: Bool
    /// Whether `[…]` quotes a name.
    var hasBracketNames: Bool

    /// `system` is a value of `db.system.name` or of the older `db.system`, if known.
    init(system: String?) {
        let name = system?.asciiLowercased ?? ""
        hasBracketNames = SQLDialect.bracketNames.contains(name)
        hasHashComments = SQLDialect.mysqlLike.contains(name) || name.isEmpty
        if SQLDialect.mysqlLike.contains(name) {
            backslashEscapes = true
            doubleQuotes = .string
        } else if SQLDialect.backslashing.contains(name) {
            backslashEscapes = true
            doubleQuotes = .name
        } else if name == "sqlite" {
            backslashEscapes = false
            doubleQuotes = .byPlace
        } else if SQLDialect.standard.contains(name) {
            backslashEscapes = false
            doubleQuotes = .name
        } else {
            backslashEscapes = nil
            doubleQuotes = .byPlace
        }
    }

    /// Whether the system's statements are SQL at all; text in another language is not kept.
    static func isSQL(system: String?) -> Bool {
        guard let name = system?.asciiLowercased else { return true }
        return !otherLanguages.contains(name)
    }

    private static let mysqlLike: Set<String> = [
        "bigquery", "databricks", "gcp.bigquery", "hive", "mariadb", "mysql", "spark", "tidb",
    ]
    private static let backslashing: Set<String> = ["aws.redshift", "clickhouse", "redshift", "snowflake"]
    private static let standard: Set<String> = [
        "cassandra", "cockroachdb", "db2", "derby", "firebird", "firebirdsql", "gcp.spanner", "h2", "h2database",
        "hanadb", "hsqldb", "ibm.db2", "microsoft.sql_server", "mssql", "oracle", "oracle.db", "postgresql", "presto",
        "sap.hana", "spanner", "teradata", "trino",
    ]
    private static let bracketNames: Set<String> = ["microsoft.sql_server", "mssql", "sqlite"]
    private static let otherLanguages: Set<String> = [
        "actian.graph", "arangodb", "aws.dynamodb", "azure.cosmosdb", "cosmosdb", "couchbase", "couchdb", "dynamodb",
        "elasticsearch", "etcd", "geode", "hbase", "influxdb", "memcached", "mongodb", "neo4j", "neptune", "opensearch",
        "redis", "solr", "valkey",
    ]
}

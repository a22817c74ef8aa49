import Telemetry
import Testing

struct QueryTests {
    private func statement(_ sql: String, _ system: String) -> String {
        normalised(sql, system).statement
    }

    private func normalised(_ sql: String, _ system: String) -> NormalisedSpan {
        SpanNormaliser.normalise(
            SpanDescription(
                name: "query",
                kind: .client,
                attributes: ["db.system": .string(system), "db.statement": .string(sql)]
            )
        )
    }

    @Test(arguments: [
        ("SELECT * FROM t WHERE id = 42", "SELECT * FROM t WHERE id = ?"),
        ("SELECT * FROM t WHERE id = -42.5e-3", "SELECT * FROM t WHERE id = ?"),
        ("SELECT a -1 FROM t", "SELECT a -? FROM t"),
        ("SELECT  *\n\tFROM t", "SELECT * FROM t"),
        ("SELECT 'it''s' FROM t", "SELECT ? FROM t"),
        ("SELECT * FROM t WHERE id IN (1, 2, 3)", "SELECT * FROM t WHERE id IN (?)"),
        ("SELECT * FROM t WHERE id in (?,?,?) and x=1", "SELECT * FROM t WHERE id in (?) and x=?"),
        ("SELECT * FROM t WHERE id IN (SELECT id FROM u)", "SELECT * FROM t WHERE id IN (SELECT id FROM u)"),
        ("INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y'), (3, 'z')", "INSERT INTO t (a, b) VALUES (?, ?)"),
        ("INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING", "INSERT INTO t VALUES (?) ON CONFLICT DO NOTHING"),
        ("SELECT 1 -- token=secret\n, 2", "SELECT ? , ?"),
        ("SELECT /* traceparent='00-abc' */ 1", "SELECT ?"),
        ("SELECT * FROM t WHERE d > DATE '2026-01-01'", "SELECT * FROM t WHERE d > ?"),
        ("SELECT * FROM t WHERE ok = TRUE AND x = NULL", "SELECT * FROM t WHERE ok = ? AND x = NULL"),
        ("SELECT X'cafe', 0xFF, E'a\\'b', N'x'", "SELECT ?, ?, ?, ?"),
        ("SELECT $1, $2::int", "SELECT ?, ?::int"),
        ("SELECT $tag$secret 'quoted'$tag$ FROM t", "SELECT ? FROM t"),
        ("SELECT :name, %s, %(who)s FROM t", "SELECT ?, ?, ? FROM t"),
        ("SELECT \"Id\" FROM \"Orders\" WHERE \"a\" = \"b\"", "SELECT \"Id\" FROM \"Orders\" WHERE \"a\" = \"b\""),
        ("SELECT t1.c2 FROM t1;", "SELECT t1.c2 FROM t1"),
        ("SELECT 'unterminated secret", "SELECT ?"),
        ("", ""),
    ])
    func `takes the literals out of PostgreSQL`(sql: String, expected: String) {
        #expect(statement(sql, "postgresql") == expected)
    }

    @Test(arguments: [
        ("SELECT * FROM t WHERE a = \"secret\"", "SELECT * FROM t WHERE a = ?"),
        ("SELECT * FROM t WHERE a = 'it\\'s secret' AND b = 2", "SELECT * FROM t WHERE a = ? AND b = ?"),
        ("SELECT `a` FROM `t` # secret", "SELECT `a` FROM `t`"),
        ("SELECT _utf8'secret'", "SELECT ?"),
    ])
    func `takes the literals out of MySQL`(sql: String, expected: String) {
        #expect(statement(sql, "mysql") == expected)
    }

    @Test(arguments: [
        ("SELECT \"id\" FROM \"t\" WHERE \"t\".\"a\" = \"secret\"", "SELECT \"id\" FROM \"t\" WHERE \"t\".\"a\" = ?"),
        ("SELECT * FROM t WHERE a LIKE \"%secret%\"", "SELECT * FROM t WHERE a LIKE ?"),
        ("INSERT INTO \"t\" (\"a\", \"b\") VALUES (\"secret\", 2)", "INSERT INTO \"t\" (\"a\", \"b\") VALUES (?, ?)"),
        ("UPDATE \"t\" SET \"a\" = ?, \"b\" = \"secret\"", "UPDATE \"t\" SET \"a\" = ?, \"b\" = ?"),
        ("SELECT [a b] FROM [t]", "SELECT [a b] FROM [t]"),
        ("SELECT a FROM t WHERE b = ?1 AND c = ?23", "SELECT a FROM t WHERE b = ? AND c = ?"),
    ])
    func `takes the literals out of SQLite`(sql: String, expected: String) {
        #expect(statement(sql, "sqlite") == expected)
    }

    @Test(arguments: ["other_sql", "mydb"])
    func `keeps nothing after a quote it cannot place`(system: String) {
        let text = statement("SELECT * FROM t WHERE a = 'x\\' OR b = 'secret", system)
        #expect(text == "SELECT * FROM t WHERE a = ?")
    }

    @Test(arguments: ["redis", "mongodb", "elasticsearch"])
    func `keeps the command alone where the language is not SQL`(system: String) {
        #expect(statement("set session:42 secret", system) == "SET ?")
        #expect(statement("{\"find\": \"users\", \"ssn\": \"secret\"}", system) == "?")
    }

    @Test func `cuts a long statement at a token`() {
        let columns = (0..<2_000).map { "column\($0)" }.joined(separator: ", ")
        let text = statement("SELECT \(columns) FROM t", "postgresql")
        #expect(text.utf8.count <= 2_051)
        #expect(text.hasSuffix("…"))
    }

    @Test(arguments: [
        ("SELECT * FROM items WHERE id = 1", "SELECT items"),
        ("select * from items", "SELECT items"),
        ("SELECT * FROM songs, artists WHERE a = b", "SELECT songs artists"),
        ("SELECT * FROM songs s JOIN artists AS a ON s.id = a.id", "SELECT songs artists"),
        ("SELECT * FROM (SELECT * FROM orders) o JOIN customers c ON 1=1", "SELECT SELECT orders customers"),
        ("INSERT INTO shipping_details (a) SELECT a FROM orders", "INSERT shipping_details SELECT orders"),
        ("INSERT OR REPLACE INTO t VALUES (1)", "INSERT t"),
        ("INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2", "INSERT t"),
        ("UPDATE t SET a = 1 WHERE b IN (SELECT c FROM u)", "UPDATE t SELECT u"),
        ("DELETE FROM public.orders WHERE id = 1", "DELETE public.orders"),
        ("SELECT * FROM \"song list\"", "SELECT \"song list\""),
        ("SELECT EXTRACT(year FROM created) FROM t", "SELECT t"),
        ("SELECT a IS DISTINCT FROM b FROM t", "SELECT t"),
        ("SELECT * FROM t FOR UPDATE", "SELECT t"),
        ("WITH x AS (SELECT * FROM t) SELECT * FROM x", "SELECT t SELECT"),
        ("CREATE TABLE IF NOT EXISTS t (id INT)", "CREATE TABLE t"),
        ("DROP TABLE t", "DROP TABLE t"),
        ("CREATE UNIQUE INDEX i ON t (a)", "CREATE INDEX i"),
        ("TRUNCATE TABLE t", "TRUNCATE t"),
        ("BEGIN", "BEGIN"),
        ("PRAGMA journal_mode", "PRAGMA journal_mode"),
        ("EXPLAIN SELECT * FROM t", "EXPLAIN SELECT t"),
        ("/* hint */ SELECT 1", "SELECT"),
        ("SELECT replace(a, 'x', 'y') FROM t", "SELECT t"),
        ("MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN UPDATE SET a = 1", "MERGE t s"),
        ("SELECT 1 UNION SELECT 2 FROM u", "SELECT SELECT u"),
    ])
    func `summarises a statement`(sql: String, summary: String) {
        #expect(normalised(sql, "postgresql").operationName == summary)
    }

    @Test func `names what is no statement by its skeleton`() {
        let first = normalised("(((1)))", "postgresql").operationName
        let second = normalised("(((2)))", "postgresql").operationName
        #expect(first == second)
        #expect(first.hasPrefix("postgresql #"))
    }

    @Test func `never fails on broken text`() {
        let sql = "SELECT \"a\", 'b' FROM t WHERE x IN (1, $2, :c) /* d */ AND y = `z` -- e\n[f] %(g)s U&'h' $$i$$"
        for system in ["postgresql", "mysql", "sqlite", "mssql", "unheard_of"] {
            for length in 0...sql.utf8.count {
                let prefix = String(decoding: sql.utf8.prefix(length), as: UTF8.self)
                let suffix = String(decoding: sql.utf8.suffix(length), as: UTF8.self)
                #expect(normalised(prefix, system).statement.utf8.count <= 2 * length + 4)
                #expect(normalised(suffix, system).statement.utf8.count <= 2 * length + 4)
            }
        }
    }
}

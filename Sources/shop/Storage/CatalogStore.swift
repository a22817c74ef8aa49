import GRDB

/// The products, in SQLite.
struct CatalogStore: Sendable {
    struct Product: Sendable, Encodable {
        var id: Int
        var name: String
        /// In cents.
        var price: Int
    }

    private static let popular = SQLQuery(
        "SELECT",
        "products",
        "SELECT id, name, price FROM products WHERE category = ? ORDER BY popularity DESC LIMIT 20"
    )

    private let database: TracedDatabase

    init(in folder: ScratchFolder, tracer: Tracer) throws {
        database = try TracedDatabase("catalog", in: folder, tracer: tracer, setup: CatalogSchema.setup)
    }

    /// The twenty products of a category that sell best.
    func popular(in category: Int) async throws -> [Product] {
        try await database.read { try $0.rows(Self.popular, [category], Self.product) }
    }

    /// Those of the products asked for that exist.
    func products(_ ids: [Int]) async throws -> [Product] {
        let marks = Array(repeating: "?", count: ids.count).joined(separator: ", ")
        let query = SQLQuery("SELECT", "products", "SELECT id, name, price FROM products WHERE id IN (\(marks))")
        return try await database.read { try $0.rows(query, StatementArguments(ids), Self.product) }
    }

    private static func product(_ row: Row) -> Product {
        Product(id: row[0], name: row[1], price: row[2])
    }
}

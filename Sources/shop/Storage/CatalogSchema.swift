/// The table of the catalog service and what is in it at the start, the same every time.
enum CatalogSchema {
    static let productCount = 2_000
    static let categoryCount = 20

    static let setup = [
        """
        CREATE TABLE products (
            id INTEGER PRIMARY KEY, category INTEGER NOT NULL, name TEXT NOT NULL, price INTEGER NOT NULL,
            popularity INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX products_by_popularity ON products(category, popularity DESC)",
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(productCount))
        INSERT INTO products
        SELECT i, i % \(categoryCount), 'product ' || i, 500 + i * 37 % 9500, i * 7919 % 10007 FROM n
        """,
    ]
}

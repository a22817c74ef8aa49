/// The tables of the orders service and what is in them at the start, the same every time.
enum OrdersSchema {
    static let orderCount = 5_000
    static let itemsPerOrder = 20
    /// Orders that customers place get ids from here on.
    static let firstPlacedID = 1_000_000
    /// Placed orders kept; older ones are deleted, so that a long test does not fill the disk.
    static let placedLimit = 10_000

    static let setup = [
        """
        CREATE TABLE orders (
            id INTEGER PRIMARY KEY, customer TEXT NOT NULL, status TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE items (
            id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL, position INTEGER NOT NULL,
            product_id INTEGER NOT NULL, quantity INTEGER NOT NULL, unit_price INTEGER NOT NULL, note TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX items_by_order ON items(order_id, position)",
        """
        CREATE TABLE reservations (
            id INTEGER PRIMARY KEY, product_id INTEGER NOT NULL, quantity INTEGER NOT NULL
        ) STRICT
        """,
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(orderCount))
        INSERT INTO orders SELECT i, 'customer-' || (i * 7919 % 997), 'paid' FROM n
        """,
        """
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < \(orderCount * itemsPerOrder - 1))
        INSERT INTO items
        SELECT i + 1, i / \(itemsPerOrder) + 1, i % \(itemsPerOrder), (i * 48271 + 11) % 2000 + 1, i % 3 + 1,
            500 + i * 37 % 9500, 'packed by ' || i % 40
        FROM n
        """,
        """
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 7999)
        INSERT INTO reservations SELECT i + 1, (i * 7919 + 3) % 2000 + 1, i % 4 + 1 FROM n
        """,
    ]

    /// What `Fault.lostIndex` does.
    static let loseIndex = "DROP INDEX items_by_order"
}

/// The statements of the orders service.
enum OrdersQueries {
    static let order = SQLQuery("SELECT", "orders", "SELECT customer, status FROM orders WHERE id = ?")

    /// All items of an order, with what other customers have reserved of each: one pass over `reservations`.
    static let items = SQLQuery(
        "SELECT",
        "items",
        """
        SELECT items.product_id, items.quantity, items.unit_price, coalesce(reserved.quantity, 0) AS reserved
        FROM items LEFT JOIN (
            SELECT product_id, sum(quantity) AS quantity FROM reservations
            WHERE product_id IN (SELECT product_id FROM items WHERE order_id = ?1) GROUP BY product_id
        ) AS reserved USING (product_id) WHERE items.order_id = ?1 ORDER BY items.position
        """
    )

    static let itemCount = SQLQuery("SELECT", "items", "SELECT count(*) FROM items WHERE order_id = ?")

    /// One item of an order: a pass over `reservations` for each.
    static let item = SQLQuery(
        "SELECT",
        "items",
        """
        SELECT items.product_id, items.quantity, items.unit_price, (
            SELECT total(quantity) FROM reservations WHERE reservations.product_id = items.product_id
        ) AS reserved FROM items WHERE order_id = ? AND position = ?
        """
    )

    static let insertOrder = SQLQuery(
        "INSERT",
        "orders",
        "INSERT INTO orders (id, customer, status) VALUES (?, ?, 'new')"
    )

    static let insertItem = SQLQuery(
        "INSERT",
        "items",
        """
        INSERT INTO items (order_id, position, product_id, quantity, unit_price, note) VALUES (?, ?, ?, ?, ?, '')
        """
    )

    static let deleteOldOrder = SQLQuery("DELETE", "orders", "DELETE FROM orders WHERE id = ?")
    static let deleteOldItems = SQLQuery("DELETE", "items", "DELETE FROM items WHERE order_id = ?")
}

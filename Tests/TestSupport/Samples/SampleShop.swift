import Telemetry

/// The demo shop's call trees: frontend, orders, catalog and payments.
package enum SampleShop {
    package static let priceQuery = "SELECT name, price FROM products WHERE id = ?"

    /// `POST /checkout`; the catalog is asked for each product of the order when `queries` is above one.
    package static func checkout(queries: Int) -> SampleOperation {
        let price = SampleOperation(
            "catalog",
            "SELECT products",
            .client,
            milliseconds: 2.1,
            calls: queries,
            statement: priceQuery
        )
        let catalog = call(
            from: "orders",
            to: "catalog",
            "GET /products/prices",
            server: 1.9,
            children: [price]
        )
        let insert = SampleOperation(
            "orders",
            "INSERT orders",
            .client,
            milliseconds: 3.4,
            statement: "INSERT INTO orders (id, total) VALUES (?, ?)"
        )
        let payments = call(
            from: "orders",
            to: "payments",
            "POST /charge",
            server: 11.6,
            errorShare: 0.004,
            children: []
        )
        let orders = call(
            from: "frontend",
            to: "orders",
            "POST /orders",
            server: 4.2,
            children: [catalog, insert, payments]
        )
        return SampleOperation("frontend", "POST /checkout", .server, milliseconds: 2.7, children: [orders])
    }

    /// `GET /products`, which never changes.
    package static func products() -> SampleOperation {
        let list = SampleOperation(
            "catalog",
            "SELECT products",
            .client,
            milliseconds: 2.6,
            statement: "SELECT id, name, price FROM products LIMIT ?"
        )
        let catalog = call(from: "frontend", to: "catalog", "GET /products", server: 1.1, children: [list])
        return SampleOperation("frontend", "GET /products", .server, milliseconds: 1.3, children: [catalog])
    }

    private static func call(
        from caller: String,
        to callee: String,
        _ name: String,
        server: Double,
        errorShare: Double = 0,
        children: [SampleOperation]
    ) -> SampleOperation {
        SampleOperation(
            caller,
            name,
            .client,
            milliseconds: 0.12,
            children: [
                SampleOperation(callee, name, .client, milliseconds: 0.35, isNetwork: true),
                SampleOperation(
                    callee,
                    name,
                    .server,
                    milliseconds: server,
                    errorShare: errorShare,
                    children: children
                ),
            ]
        )
    }
}

import GRDB
import Synchronization

/// The orders, in SQLite.
struct OrdersStore: Sendable {
    private let database: TracedDatabase
    private let readsItemsOneByOne: Bool
    private let placed = PlacedCounter()

    init(in folder: ScratchFolder, tracer: Tracer, faults: Set<Fault>) throws {
        let lost = faults.contains(.lostIndex) ? [OrdersSchema.loseIndex] : []
        database = try TracedDatabase("orders", in: folder, tracer: tracer, setup: OrdersSchema.setup + lost)
        readsItemsOneByOne = faults.contains(.nPlusOne)
    }

    /// The order with its items; `nil` if there is none.
    func order(_ id: Int) async throws -> Order? {
        let head = try await database.read { connection in
            try connection.rows(OrdersQueries.order, [id]) { (customer: $0[0] as String, status: $0[1] as String) }
                .first
        }
        guard let head else { return nil }
        let items = try await readsItemsOneByOne ? itemsOneByOne(of: id) : allItems(of: id)
        return Order(id: id, customer: head.customer, status: head.status, items: items)
    }

    private func allItems(of id: Int) async throws -> [OrderItem] {
        try await database.read { try $0.rows(OrdersQueries.items, [id], Self.item) }
    }

    /// What an object mapper with lazy loading does behind an innocent loop.
    private func itemsOneByOne(of id: Int) async throws -> [OrderItem] {
        let count = try await database.read { try $0.rows(OrdersQueries.itemCount, [id]) { $0[0] as Int }.first ?? 0 }
        var items: [OrderItem] = []
        for position in 0..<count {
            items += try await database.read { try $0.rows(OrdersQueries.item, [id, position], Self.item) }
        }
        return items
    }

    /// Stores a new order and returns its id.
    func place(_ cart: Cart, prices: [Int: Int]) async throws -> Int {
        let id = placed.next()
        try await database.write { connection in
            try connection.execute(OrdersQueries.insertOrder, [id, cart.customer])
            for (position, line) in cart.lines.enumerated() {
                let price = prices[line.product] ?? 0
                try connection.execute(
                    OrdersQueries.insertItem,
                    [id, position, line.product, line.quantity, price]
                )
            }
            let oldest = id - OrdersSchema.placedLimit
            if oldest >= OrdersSchema.firstPlacedID {
                try connection.execute(OrdersQueries.deleteOldItems, [oldest])
                try connection.execute(OrdersQueries.deleteOldOrder, [oldest])
            }
        }
        return id
    }

    private static func item(_ row: Row) -> OrderItem {
        OrderItem(product: row[0], quantity: row[1], unitPrice: row[2], reserved: row[3])
    }
}

/// Hands out the ids of placed orders.
private final class PlacedCounter: Sendable {
    private let last = Atomic(OrdersSchema.firstPlacedID - 1)

    func next() -> Int { last.add(1, ordering: .relaxed).newValue }
}

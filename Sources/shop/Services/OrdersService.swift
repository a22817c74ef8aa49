import FoundationEssentials
import HTTPTypes
import Hummingbird

/// Keeps the orders, and knows from payments whether they are paid.
struct OrdersService: Sendable {
    /// How often payments is asked before the order fails.
    private static let attempts = 3
    private static let backoff = Duration.milliseconds(30)
    /// What `Fault.globalLock` does while nobody else gets a turn.
    private static let lockedWork = Duration.milliseconds(8)

    let store: OrdersStore
    let catalog: ServiceClient
    let payments: ServiceClient
    let faults: Set<Fault>
    private let turns = TurnLock()

    init(store: OrdersStore, catalog: ServiceClient, payments: ServiceClient, faults: Set<Fault>) {
        self.store = store
        self.catalog = catalog
        self.payments = payments
        self.faults = faults
    }

    func addRoutes(to router: Router<BasicRequestContext>) {
        router.get("/orders/{id}") { _, context in
            let id = try context.parameters.require("id", as: Int.self)
            let order = try await inTurn { try await self.order(id) }
            let payment = try await payment(of: id)
            return JSONDocument.object(["order": try JSONDocument(encoding: order), "payment": payment]).response()
        }
        router.post("/orders") { request, context in
            let cart = try await request.decode(as: Cart.self, context: context)
            if let problem = cart.problem { throw HTTPError(.badRequest, message: problem) }
            let id = try await place(cart)
            let payment = try await payments.call("/payments/{id}", id: id, method: "POST").json(from: .payments)
            return JSONDocument.object(["order": try JSONDocument(encoding: id), "payment": payment])
                .response(status: .created)
        }
    }

    private func order(_ id: Int) async throws -> Order {
        guard let order = try await store.order(id) else { throw HTTPError(.notFound, message: "no order \(id)") }
        return order
    }

    /// With the global lock, one order at a time, and each is signed before the next may begin.
    private func inTurn(_ read: () async throws -> Order) async throws -> Order {
        guard faults.contains(.globalLock) else { return try await read() }
        return try await turns.withTurn {
            let order = try await read()
            _ = Checksum.compute(over: order.total, for: Self.lockedWork)
            return order
        }
    }

    /// Asks payments again, after a pause, while it answers that it cannot now.
    private func payment(of id: Int) async throws -> JSONDocument {
        var attempt = 0
        while true {
            let answer = try await payments.call("/payments/{id}", id: id, resend: attempt)
            attempt += 1
            guard answer.status == 503, attempt < Self.attempts else { return try answer.json(from: .payments) }
            try await Task.sleep(for: Self.backoff * attempt)
        }
    }

    /// At today's prices.
    private func place(_ cart: Cart) async throws -> Int {
        struct Product: Decodable {
            var id: Int
            var price: Int
        }
        let ids = try JSONDocument(encoding: Set(cart.lines.map(\.product)).sorted()).bytes
        let answer = try await catalog.call("/prices", method: "POST", body: ids).json(from: .catalog)
        let products = try JSONDecoder().decode([Product].self, from: Data(answer.bytes))
        let prices = Dictionary(products.map { ($0.id, $0.price) }, uniquingKeysWith: { first, _ in first })
        return try await store.place(cart, prices: prices)
    }
}

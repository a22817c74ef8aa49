import HTTPTypes
import Hummingbird

/// What browsers talk to: asks the other services and puts their answers together.
struct FrontendService: Sendable {
    let orders: ServiceClient
    let catalog: ServiceClient
    let payments: ServiceClient
    let faults: Set<Fault>

    func addRoutes(to router: Router<BasicRequestContext>) {
        router.get("/api/orders/{id}") { _, context in
            try await order(try context.parameters.require("id", as: Int.self)).response()
        }
        router.get("/api/products") { request, _ in
            let category = request.uri.queryParameters.get("category", as: Int.self) ?? 0
            return try await popularProducts(in: category).response()
        }
        router.post("/api/checkout") { request, context in
            let cart = try await request.decode(as: Cart.self, context: context)
            if let problem = cart.problem { throw HTTPError(.badRequest, message: problem) }
            let body = try JSONDocument(encoding: cart).bytes
            let answer = try await orders.call("/orders", method: "POST", body: body)
            return try answer.json(from: .orders).response(status: .created)
        }
    }

    /// The services whose health is the frontend's own.
    var dependencies: [ServiceClient] { [orders, catalog, payments] }

    private func order(_ id: Int) async throws -> JSONDocument {
        if faults.contains(.sequentialCalls) {
            let order = try await orders.call("/orders/{id}", id: id).json(from: .orders)
            let suggestions = try await popularProducts(in: category(for: id))
            let options = try await payments.call("/options/{id}", id: id).json(from: .payments)
            return .object(["order": order, "suggestions": suggestions, "paymentOptions": options])
        }
        async let order = orders.call("/orders/{id}", id: id).json(from: .orders)
        async let suggestions = popularProducts(in: category(for: id))
        async let options = payments.call("/options/{id}", id: id).json(from: .payments)
        return try await .object(["order": order, "suggestions": suggestions, "paymentOptions": options])
    }

    private func popularProducts(in category: Int) async throws -> JSONDocument {
        try await catalog.call("/categories/{id}/popular", id: category).json(from: .catalog)
    }

    private func category(for order: Int) -> Int {
        Int(order.magnitude % UInt(CatalogSchema.categoryCount))
    }
}

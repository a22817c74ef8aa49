import HTTPTypes
import Hummingbird

/// Knows the products.
struct CatalogService: Sendable {
    let store: CatalogStore

    func addRoutes(to router: Router<BasicRequestContext>) {
        router.get("/categories/{id}/popular") { _, context in
            let category = try context.parameters.require("id", as: Int.self)
            return try JSONDocument(encoding: await store.popular(in: category)).response()
        }
        router.post("/prices") { request, context in
            let ids = try await request.decode(as: [Int].self, context: context)
            guard (1...50).contains(ids.count) else { throw HTTPError(.badRequest, message: "1 to 50 ids expected") }
            return try JSONDocument(encoding: await store.products(ids)).response()
        }
    }
}

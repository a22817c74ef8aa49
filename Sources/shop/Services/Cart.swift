/// What a customer sends to buy something.
struct Cart: Sendable, Codable {
    struct Line: Sendable, Codable {
        var product: Int
        var quantity: Int
    }

    var customer: String
    var lines: [Line]

    /// Why this cart cannot be bought; `nil` when it can.
    var problem: String? {
        if customer.isEmpty || customer.utf8.count > 100 { return "customer must have 1 to 100 characters" }
        if !(1...50).contains(lines.count) { return "lines must have 1 to 50 entries" }
        if !lines.allSatisfy({ (1...100).contains($0.quantity) }) { return "quantity must be 1 to 100" }
        if !lines.allSatisfy({ (1...CatalogSchema.productCount).contains($0.product) }) { return "no such product" }
        return nil
    }
}

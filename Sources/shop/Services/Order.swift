/// An order as the orders service answers it.
struct Order: Sendable, Encodable {
    var id: Int
    var customer: String
    var status: String
    var items: [OrderItem]
    /// In cents.
    var total: Int

    init(id: Int, customer: String, status: String, items: [OrderItem]) {
        self.id = id
        self.customer = customer
        self.status = status
        self.items = items
        self.total = items.reduce(0) { $0 + $1.quantity * $1.unitPrice }
    }
}

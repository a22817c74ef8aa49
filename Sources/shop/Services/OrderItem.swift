/// One line of an order.
struct OrderItem: Sendable, Encodable {
    var product: Int
    var quantity: Int
    /// In cents.
    var unitPrice: Int
    /// Pieces of this product that are spoken for in all orders.
    var reserved: Int
}

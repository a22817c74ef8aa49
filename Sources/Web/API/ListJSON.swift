/// A page of a list, and where the next one begins.
struct ListJSON<Item: Encodable>: Encodable {
    let items: [Item]
    /// For `cursor`; `nil` on the last page.
    let next: String?

    init(_ items: [Item], next: String? = nil) {
        self.items = items
        self.next = next
    }
}

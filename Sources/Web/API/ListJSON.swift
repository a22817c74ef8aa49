/// A page of a list, and where the next one begins.
struct ListJSON<Item: Encodable>: Encodable {
    let items: [Item]
    /// For `cursor`; `nil` on the last page.
    let next: String?
    /// Damaged windows that are in none of the items; `nil` for none of them.
    let unreadableWindows: Int?

    init(_ items: [Item], next: String? = nil, unreadableWindows: Int = 0) {
        self.items = items
        self.next = next
        self.unreadableWindows = unreadableWindows > 0 ? unreadableWindows : nil
    }
}

/// Why stored bytes cannot be read back; the rest of the store is not touched by it.
struct BlobDamage: Error, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

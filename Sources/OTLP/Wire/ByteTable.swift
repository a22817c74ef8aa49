import Glibc

/// A hash table from bytes to values that is looked up without making a key.
///
/// Lives as long as one request; bounded: once full it finds what it has and keeps nothing more. The hash is seeded
/// for the process, so a sender cannot make its keys collide.
struct ByteTable<Value> {
    /// A lookup's key, with its hash taken once.
    struct Key {
        let bytes: UnsafeRawBufferPointer
        let salt: Int
        let hash: Int

        /// `salt` tells apart equal bytes that mean different things.
        init(_ bytes: UnsafeRawBufferPointer, salt: Int) {
            self.bytes = bytes
            self.salt = salt
            var hasher = Hasher()
            hasher.combine(salt)
            hasher.combine(bytes: bytes)
            hash = hasher.finalize()
        }
    }

    private struct Entry {
        var hash: Int
        var salt: Int
        var start: Int
        var count: Int
        var value: Value
    }

    private var slots: [Int32] = []
    private var entries: [Entry] = []
    private var storage: [UInt8] = []
    private let entryLimit: Int
    private let byteLimit: Int

    init(entryLimit: Int = 1 << 16, byteLimit: Int = 8 << 20) {
        self.entryLimit = entryLimit
        self.byteLimit = byteLimit
    }

    func value(for key: Key) -> Value? {
        guard !slots.isEmpty else { return nil }
        var slot = key.hash & (slots.count - 1)
        while slots[slot] >= 0 {
            let entry = entries[Int(slots[slot])]
            if entry.hash == key.hash, entry.salt == key.salt, matches(entry, key.bytes) { return entry.value }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Adds a key that is not in the table.
    mutating func insert(_ value: Value, for key: Key) {
        guard entries.count < entryLimit, storage.count + key.bytes.count <= byteLimit else { return }
        if (entries.count + 1) * 2 > slots.count { grow() }
        place(Int32(entries.count), hash: key.hash)
        entries.append(
            Entry(hash: key.hash, salt: key.salt, start: storage.count, count: key.bytes.count, value: value)
        )
        storage.append(contentsOf: key.bytes)
    }

    private func matches(_ entry: Entry, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard entry.count == bytes.count else { return false }
        guard let address = bytes.baseAddress, entry.count > 0 else { return true }
        return storage.withUnsafeBytes { stored in
            guard let base = stored.baseAddress else { return false }
            return memcmp(base + entry.start, address, entry.count) == 0
        }
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: max(64, slots.count * 2))
        for (index, entry) in entries.enumerated() { place(Int32(index), hash: entry.hash) }
    }

    private mutating func place(_ index: Int32, hash: Int) {
        var slot = hash & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = index
    }
}

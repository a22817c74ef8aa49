/// A hash table from bytes to small values that is looked up without making a key.
///
/// Bounded: once full it finds what it has and keeps nothing more. The hash is seeded for each table, so a sender cannot
/// make its keys collide. Owner of its memory; not for sharing between threads.
struct ByteTable<Value: BitwiseCopyable>: ~Copyable {
    /// A lookup's key, with its hash taken once.
    struct Key {
        let bytes: UnsafeRawBufferPointer
        let salt: UInt32
        let hash: UInt64

        /// Eight bits of the hash that do not choose the slot; never 0.
        @inline(__always)
        fileprivate var tag: UInt8 { UInt8(truncatingIfNeeded: hash >> 56) | 0x80 }
    }

    private struct Slot: BitwiseCopyable {
        var hash: UInt64
        var start: UInt32
        var count: UInt32
        var salt: UInt32
        var value: Value
    }

    private let seed = UInt64.random(in: .min ... .max)
    private let entryLimit: Int
    private let byteLimit: Int
    private var slots: UnsafeMutableBufferPointer<Slot>
    /// A tag a slot, 0 where it is empty: what is not in the table, as an endless attribute never is, is found out
    /// without touching the slots, which are too many for the processor's cache.
    private var tags: UnsafeMutablePointer<UInt8>
    private var storage: UnsafeMutableRawBufferPointer
    private var count = 0
    private var byteCount = 0

    var isFull: Bool { count >= entryLimit || byteCount >= byteLimit - 4_096 }

    init(entryLimit: Int = 1 << 16, byteLimit: Int = 8 << 20) {
        self.entryLimit = entryLimit
        self.byteLimit = min(byteLimit, Int(UInt32.max))
        slots = .allocate(capacity: 64)
        tags = ByteTable.emptyTags(64)
        storage = .allocate(byteCount: 4_096, alignment: 8)
    }

    deinit {
        slots.deallocate()
        tags.deallocate()
        storage.deallocate()
    }

    private static func emptyTags(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        let tags = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
        tags.initialize(repeating: 0, count: count)
        return tags
    }

    /// `salt` tells apart equal bytes that mean different things.
    @inline(__always)
    func key(_ bytes: UnsafeRawBufferPointer, salt: UInt32 = 0) -> Key {
        Key(bytes: bytes, salt: salt, hash: ByteHash.hash(bytes, seed: seed &+ UInt64(salt)) | 1)
    }

    @inline(__always)
    func value(for key: Key) -> Value? { slot(of: key).map { slots[$0].value } }

    /// Where a key is, for `value(at:ifIs:)`.
    @inline(__always)
    func slot(of key: Key) -> Int? {
        let mask = slots.count - 1
        var index = Int(truncatingIfNeeded: key.hash >> 20) & mask
        let tag = key.tag
        while tags[index] != 0 {
            if tags[index] == tag, slots[index].hash == key.hash, slots[index].salt == key.salt,
                matches(slots[index], key.bytes)
            {
                return index
            }
            index = (index + 1) & mask
        }
        return nil
    }

    /// The value of a key without salt, if it is at this place: for a guess, which spares taking its hash.
    ///
    /// Any place that was ever given out may be asked for: it may hold another key by now, which is no match.
    @inline(__always)
    func value(at slot: Int, ifIs bytes: UnsafeRawBufferPointer) -> Value? {
        guard tags[slot] != 0, slots[slot].salt == 0, matches(slots[slot], bytes) else { return nil }
        return slots[slot].value
    }

    /// The value at a place that `slot(of:)` gave since the last `insert`.
    @inline(__always)
    func value(at slot: Int) -> Value { slots[slot].value }

    /// Adds a key that is not in the table.
    mutating func insert(_ value: Value, for key: Key) {
        guard count < entryLimit, byteCount + key.bytes.count <= byteLimit else { return }
        if (count + 1) * 2 > slots.count { growSlots() }
        if byteCount + key.bytes.count > storage.count { growStorage(toHold: byteCount + key.bytes.count) }
        if let source = key.bytes.baseAddress {
            UnsafeMutableRawBufferPointer(rebasing: storage[byteCount...])
                .copyMemory(from: UnsafeRawBufferPointer(start: source, count: key.bytes.count))
        }
        place(
            Slot(
                hash: key.hash,
                start: UInt32(byteCount),
                count: UInt32(key.bytes.count),
                salt: key.salt,
                value: value
            ),
            tag: key.tag
        )
        byteCount += key.bytes.count
        count += 1
    }

    @inline(__always)
    private func matches(_ slot: Slot, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard Int(slot.count) == bytes.count else { return false }
        guard let stored = storage.baseAddress, let address = bytes.baseAddress else { return true }
        return ByteHash.isEqual(stored + Int(slot.start), address, count: bytes.count)
    }

    private mutating func growSlots() {
        let (old, oldTags) = (slots, tags)
        slots = .allocate(capacity: old.count * 2)
        tags = ByteTable.emptyTags(old.count * 2)
        for index in old.indices where oldTags[index] != 0 { place(old[index], tag: oldTags[index]) }
        old.deallocate()
        oldTags.deallocate()
    }

    private mutating func growStorage(toHold needed: Int) {
        let grown = UnsafeMutableRawBufferPointer.allocate(byteCount: max(needed, storage.count * 2), alignment: 8)
        grown.copyMemory(from: UnsafeRawBufferPointer(storage))
        storage.deallocate()
        storage = grown
    }

    private func place(_ slot: Slot, tag: UInt8) {
        let mask = slots.count - 1
        var index = Int(truncatingIfNeeded: slot.hash >> 20) & mask
        while tags[index] != 0 { index = (index + 1) & mask }
        slots.initializeElement(at: index, to: slot)
        tags[index] = tag
    }
}

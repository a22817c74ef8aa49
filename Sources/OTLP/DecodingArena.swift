import COTLP

/// The memory that messages of one request are decoded into; owner of a C arena.
///
/// Not for sharing between threads.
struct DecodingArena: ~Copyable {
    private let raw: OpaquePointer

    /// Fails when there is no memory left.
    ///
    /// `budget` is the most bytes that messages may take between two resets.
    init?(budget: Int) {
        guard let raw = otlp_arena_create(budget) else { return nil }
        self.raw = raw
    }

    deinit { otlp_arena_destroy(raw) }

    /// Valid as long as the arena.
    var allocator: UnsafeMutablePointer<ProtobufCAllocator> { otlp_arena_allocator(raw) }

    /// Whether a message since the last reset found no room.
    ///
    /// When unpacking fails, this tells a message that is too large from one that is malformed.
    var refused: Bool { otlp_arena_refused(raw) }

    /// Ends the life of every message decoded so far.
    func reset() { otlp_arena_reset(raw) }
}

import COTLP

/// The memory that messages are decoded into; owner of a C arena.
///
/// Not for sharing between threads.
struct DecodingArena: ~Copyable {
    private let raw: OpaquePointer

    /// Fails when there is no memory left.
    init?() {
        guard let raw = otlp_arena_create(0) else { return nil }
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

    /// Ends the life of every message and allows the next ones, between two resets, `budget` bytes.
    func reset(budget: Int) { otlp_arena_set_budget(raw, budget) }
}

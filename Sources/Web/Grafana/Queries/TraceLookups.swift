import Foundation
import Runs
import Synchronization
import Telemetry

/// Looks traces up by id for all feeds and counts how often there was one: what an exemplar points to must be here.
final class TraceLookups: Sendable {
    struct Counts: Sendable {
        var hits = 0
        var misses = 0
    }

    private let archive: TraceArchive
    private let state = Mutex(Counts())

    init(archive: TraceArchive) {
        self.archive = archive
    }

    var counts: Counts { state.withLock { $0 } }

    /// Throws a refusal for an id that is none (400) and for an unknown trace (404).
    func trace(_ text: String) async throws -> TraceDocument {
        guard let trace = try await find(text) else { throw FeedRefusal.notFound("trace not found") }
        return trace
    }

    /// `nil` for an unknown trace; throws a refusal for an id that is none.
    func find(_ text: String) async throws -> TraceDocument? {
        guard let id = TraceIdentifier.parse(text.removingPercent) else {
            throw FeedRefusal.badRequest("trace id must be 1 to 32 hex digits or base64 of 16 bytes")
        }
        let trace = try await archive.trace(id)
        state.withLock { counts in
            if trace == nil { counts.misses += 1 } else { counts.hits += 1 }
        }
        return trace
    }
}

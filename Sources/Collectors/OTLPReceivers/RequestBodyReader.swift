import HummingbirdCore
import NIOCore

/// Reads one request body into memory, inflated, within the limits and the process's budget.
struct RequestBodyReader: Sendable {
    let settings: ReceiverSettings
    let counters: ReceiverCounters

    /// The whole body; throws a `Refusal`, or what the connection threw when the client went away.
    ///
    /// `declaredLength` is the request's Content-Length, `nil` for a chunked body. The `reservation` grows with the
    /// bytes held; the caller keeps it until it is done with them.
    func read(
        _ body: inout RequestBody.AsyncIterator,
        coding: ContentCoding,
        declaredLength: Int?,
        reservation: inout InFlightBudget.Reservation
    ) async throws -> [UInt8] {
        if let declaredLength, declaredLength > settings.bodyBytes { throw tooLarge() }
        guard reservation.grow(to: declaredLength ?? 0) else { throw Refusal.overloaded }
        let deadline = ContinuousClock.now + settings.bodyTimeout
        var decoder = try makeDecoder(coding)
        var bytes: [UInt8] = []
        if coding == .identity { bytes.reserveCapacity(declaredLength ?? 0) }
        var wireBytes = 0
        while let piece = try await body.next() {
            wireBytes += piece.readableBytes
            counters.countWireBytes(piece.readableBytes)
            guard wireBytes <= settings.bodyBytes else { throw tooLarge() }
            guard ContinuousClock.now < deadline else { throw slowBody() }
            try decode(piece, with: &decoder, into: &bytes, reservation: &reservation)
        }
        // Hummingbird ends the body in the same way when the client hangs up in the middle of it.
        if let declaredLength, wireBytes < declaredLength { throw ConnectionEnded() }
        if wireBytes > 0 { try finish(decoder) }
        return bytes
    }

    /// Reads and forgets what is left of a body; false when that is more than `limit` bytes or takes too long.
    ///
    /// A server that closes with unread bytes resets the connection, and the client never sees its answer.
    func discard(_ body: inout RequestBody.AsyncIterator, upTo limit: Int) async throws -> Bool {
        let deadline = ContinuousClock.now + settings.bodyTimeout
        var discarded = 0
        while let piece = try await body.next() {
            discarded += piece.readableBytes
            counters.countWireBytes(piece.readableBytes)
            guard discarded <= limit, ContinuousClock.now < deadline else { return false }
        }
        return true
    }

    private func decode(
        _ piece: ByteBuffer,
        with decoder: inout BodyDecoder,
        into bytes: inout [UInt8],
        reservation: inout InFlightBudget.Reservation
    ) throws(Refusal) {
        // The limit holds for this piece too, so the reservation is at most one scratch buffer behind.
        var held = bytes.count
        do {
            try piece.withUnsafeReadableBytes { input throws(InflateError) in
                try decoder.decode(input, into: &bytes, limit: settings.bodyBytes) { count in
                    held += count
                    return reservation.grow(to: held)
                }
            }
        } catch {
            throw refusal(for: error)
        }
    }

    private func makeDecoder(_ coding: ContentCoding) throws(Refusal) -> BodyDecoder {
        do {
            return try BodyDecoder(coding)
        } catch {
            throw refusal(for: error)
        }
    }

    private func finish(_ decoder: borrowing BodyDecoder) throws(Refusal) {
        do {
            try decoder.finish()
        } catch {
            throw refusal(for: error)
        }
    }

    private func refusal(for error: InflateError) -> Refusal {
        .of(error, "body", header: "Content-Encoding", limit: settings.bodyBytes)
    }

    private func tooLarge() -> Refusal { .tooLarge("body", limit: settings.bodyBytes) }

    private func slowBody() -> Refusal {
        Refusal(reason: .slowBody, message: "the body took longer than \(settings.bodyTimeout) to arrive")
    }
}

/// The client hung up before its request was complete, so there is nobody to answer.
struct ConnectionEnded: Error {}

package import Plans

/// The integral of a rate shape over time (how many arrivals are due by then) and its inverse.
///
/// Source: `spec/load.md` section 3.2.
package struct RateIntegral: Sendable, Hashable {
    private struct Piece: Sendable, Hashable {
        /// Seconds from the start of the shape.
        var start: Double
        var duration: Double
        var from: Double
        var to: Double
        /// Arrivals due before `start`.
        var before: Double

        var slope: Double { (to - from) / duration }
        var arrivals: Double { (from + to) / 2 * duration }
    }

    /// Arrivals of the whole shape; seldom a whole number.
    package let arrivals: Double
    /// Of the whole shape, seconds.
    package let duration: Double
    private let pieces: [Piece]

    /// Stages without length or with a negative or infinite rate count for nothing.
    package init(_ shape: RateShape) {
        var pieces: [Piece] = []
        var start = 0.0
        var before = 0.0
        for stage in shape.stages {
            let seconds = stage.duration / .seconds(1)
            guard seconds > 0 else { continue }
            let isValid = stage.from >= 0 && stage.to >= 0 && stage.from.isFinite && stage.to.isFinite
            let piece = Piece(
                start: start,
                duration: seconds,
                from: isValid ? stage.from : 0,
                to: isValid ? stage.to : 0,
                before: before
            )
            pieces.append(piece)
            start += seconds
            before += piece.arrivals
        }
        self.pieces = pieces
        duration = start
        arrivals = before
    }

    /// Seconds from the start until `count` arrivals are due, for `count` in `0..<arrivals`.
    ///
    /// `hint` is the piece of the call before, to be kept by a caller that asks in rising order, and 0 at first.
    package func time(of count: Double, hint: inout Int) -> Double {
        while hint + 1 < pieces.count && count >= pieces[hint + 1].before { hint += 1 }
        guard hint < pieces.count else { return 0 }
        let piece = pieces[hint]
        let rest = max(0, count - piece.before)
        guard rest > 0 else { return piece.start }
        // The root of a·t + k·t²/2 = n with the difference rationalised away: stable for k → 0 and for a = 0.
        let discriminant = max(0, piece.from * piece.from + 2 * piece.slope * rest)
        let offset = 2 * rest / (piece.from + discriminant.squareRoot())
        return piece.start + min(offset, piece.duration)
    }

    /// Arrivals per second at a time in seconds from the start; 0 outside the shape.
    package func rate(at time: Double) -> Double {
        guard time >= 0, let piece = pieces.last(where: { $0.start <= time }) else { return 0 }
        let offset = time - piece.start
        return offset < piece.duration ? piece.from + piece.slope * offset : 0
    }
}

import Glibc
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
        /// Arrivals per second; at most the smaller of `from` and `to`, so that the rate is never negative.
        var amplitude: Double
        /// Radians per second.
        var frequency: Double
        /// Arrivals due before `start`.
        var before: Double

        var slope: Double { (to - from) / duration }

        /// Arrivals due between `start` and `offset` seconds after it.
        func arrivals(until offset: Double) -> Double {
            (from + slope * offset / 2) * offset + (amplitude > 0 ? swing(until: offset) : 0)
        }

        func rate(at offset: Double) -> Double {
            from + slope * offset + (amplitude > 0 ? amplitude * sin(frequency * offset) : 0)
        }

        /// Seconds from `start` until `count` arrivals are due.
        func offset(of count: Double) -> Double {
            guard count > 0 else { return 0 }
            guard amplitude > 0 else { return min(rampOffset(of: count), duration) }
            // The integral rises steadily, so bisection is certain, and 60 halvings are exact to the nanosecond.
            var (low, high) = (0.0, duration)
            for _ in 0..<60 {
                let middle = (low + high) / 2
                if arrivals(until: middle) < count { low = middle } else { high = middle }
            }
            return high
        }

        // The root of a·t + k·t²/2 = n with the difference rationalised away: stable for k → 0 and for a = 0.
        private func rampOffset(of count: Double) -> Double {
            2 * count / (from + max(0, from * from + 2 * slope * count).squareRoot())
        }

        private func swing(until offset: Double) -> Double { amplitude / frequency * (1 - cos(frequency * offset)) }
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
            let period = stage.wave.map { $0.period / .seconds(1) } ?? 0
            let amplitude = isValid && period > 0 ? stage.wave?.amplitude ?? 0 : 0
            let piece = Piece(
                start: start,
                duration: seconds,
                from: isValid ? stage.from : 0,
                to: isValid ? stage.to : 0,
                amplitude: min(max(0, amplitude), stage.from, stage.to),
                frequency: period > 0 ? 2 * .pi / period : 0,
                before: before
            )
            pieces.append(piece)
            start += seconds
            before += piece.arrivals(until: seconds)
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
        return piece.start + piece.offset(of: count - piece.before)
    }

    /// Arrivals per second at a time in seconds from the start; 0 outside the shape.
    package func rate(at time: Double) -> Double {
        guard time >= 0, let piece = pieces.last(where: { $0.start <= time }) else { return 0 }
        let offset = time - piece.start
        return offset < piece.duration ? piece.rate(at: offset) : 0
    }
}

/// The arrival rate over the test's duration, requests per second.
package struct RateShape: Sendable, Hashable {
    /// One stretch: the rate runs linearly from `from` to `to`, and swings around that line where there is a wave.
    package struct Stage: Sendable, Hashable {
        package var from: Double
        package var to: Double
        package var duration: Duration
        package var wave: Wave?

        package init(from: Double, to: Double, duration: Duration, wave: Wave? = nil) {
            self.from = from
            self.to = to
            self.duration = duration
            self.wave = wave
        }
    }

    /// A sine that starts at the middle and rises first.
    package struct Wave: Sendable, Hashable {
        /// Requests per second above and below; never more than the stage's rate.
        package var amplitude: Double
        package var period: Duration

        package init(amplitude: Double, period: Duration) {
            self.amplitude = amplitude
            self.period = period
        }
    }

    package var stages: [Stage]
    /// When each arrival is due, from the start, in order; where there are any, the stages only tell the mean rate.
    package var replay: [Duration] = []

    package init(stages: [Stage]) {
        self.stages = stages
    }

    /// Arrivals at given times, in any order, negative ones left out; lasts until `duration`, or the last of them.
    package init(replay times: [Duration], duration: Duration? = nil) {
        replay = times.filter { $0 >= .zero && $0 < duration ?? .seconds(Int64.max >> 1) }.sorted()
        let length = duration ?? (replay.last ?? .zero) + .milliseconds(1)
        let rate = length > .zero ? Double(replay.count) / (length / .seconds(1)) : 0
        stages = [Stage(from: rate, to: rate, duration: length)]
    }

    package static func constant(_ rate: Double, for duration: Duration) -> RateShape {
        RateShape(stages: [Stage(from: rate, to: rate, duration: duration)])
    }

    /// Of all stages.
    package var duration: Duration { stages.reduce(.zero) { $0 + $1.duration } }

    /// The rate that the shape first settles at: the end of its first stage that ends above zero.
    package var settledRate: Double {
        let stages = stages.filter { $0.duration > .zero }
        return stages.first { $0.to > 0 }?.to ?? stages.first?.from ?? 0
    }
}

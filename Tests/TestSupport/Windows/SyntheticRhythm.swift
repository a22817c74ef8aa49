import Correlation
import Glibc
import Statistics

/// A day of a system: requests and durations that rise in the morning and fall in the evening, never quite the same.
package struct SyntheticRhythm: Sendable {
    /// How a service feels the day.
    package struct Course: Sendable {
        /// Minutes of the day at which half of the rise is done, and how long the rise takes.
        package var rise: Double
        package var length: Double
        /// Logarithm of how much slower it is by day.
        package var height: Double

        package init(rise: Double, length: Double, height: Double) {
            self.rise = rise
            self.length = length
            self.height = height
        }
    }

    /// By service; services that are not in it are as fast by day as by night.
    private let courses: [String: Course]
    /// Requests by night, as a share of those by day.
    private let night: Double
    private let seed: UInt64

    private static let evening = 20.0 * 60
    /// From day to day: minutes of the rise, share of the height.
    private static let wandering = (minutes: 5.0, height: 0.1)

    package init(courses: [String: Course], night: Double, seed: UInt64) {
        self.courses = courses
        self.night = night
        self.seed = seed
    }

    /// Share of the requests of a busy minute, at Unix nanoseconds.
    package func traffic(at time: UInt64) -> Double {
        let busy = courses.values.map { level($0, time, wandering(of: time)) }.max() ?? 1
        return night + (1 - night) * busy
    }

    /// Factor of how long an operation of a service takes.
    package func slowness(of service: String, at time: UInt64) -> Double {
        guard let course = courses[service] else { return 1 }
        let today = wandering(of: time)
        return exp(course.height * today.height * level(course, time, today))
    }

    /// 0 at night, 1 by day.
    private func level(_ course: Course, _ time: UInt64, _ today: (minutes: Double, height: Double)) -> Double {
        let minute = Double(time % SyntheticRhythm.day) / Double(TelemetryWindow.length)
        func step(_ middle: Double, _ length: Double) -> Double { 1 / (1 + exp(-(minute - middle) / (length / 6))) }
        return step(course.rise + today.minutes, course.length) * (1 - step(SyntheticRhythm.evening, 180))
    }

    private func wandering(of time: UInt64) -> (minutes: Double, height: Double) {
        var random = SeededRandom(seed: seed &+ (time / SyntheticRhythm.day) &* 104_729)
        func normal() -> Double { NormalDistribution.quantile(min(max(random.uniform(), 1e-9), 1 - 1e-9)) }
        return (SyntheticRhythm.wandering.minutes * normal(), max(0, 1 + SyntheticRhythm.wandering.height * normal()))
    }

    package static let day: UInt64 = 24 * 60 * TelemetryWindow.length
}

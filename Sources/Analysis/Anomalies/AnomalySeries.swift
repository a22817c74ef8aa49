import Glibc
import Statistics

/// What is usual for one operation, minute by minute, and how far it is from that now.
///
/// Values are geometric means in milliseconds. Bounded: a day of minutes and a week of hours.
struct AnomalySeries {
    /// How one point stands to what is usual.
    struct Reading {
        var usual: Double
        var z: Double
        var average: Double
    }

    private struct Center {
        var median: Double
        var deviation: Double
    }

    private struct Hour {
        var number: UInt64
        var median: Float
        var deviation: Float
    }

    private static let minutesAnHour: UInt64 = 60
    private static let hoursADay: UInt64 = 24

    private(set) var lastSeen: UInt64 = 0
    private var points: [Float] = []
    private var next = 0
    private var hour: (number: UInt64, values: [Float]) = (0, [])
    private var hours: [Hour] = []
    private var average = 0.0
    /// Newest last.
    private(set) var recent: [Double] = []

    /// Looks at a point without learning from it; `nil` while too little is known.
    ///
    /// `spans` is how many durations the point is the mean of: so many alone make it uncertain.
    mutating func read(_ value: Double, spans: Int, minute: UInt64, rules: AnomalyRules) -> Reading? {
        lastSeen = minute
        guard points.count >= rules.minimumPoints else { return nil }
        let trailing = AnomalySeries.center(points)
        var (usual, z) = (trailing.median, AnomalySeries.z(value, trailing, spans, rules))
        if let seasonal = seasonal(minute: minute, rules: rules) {
            let seasonalZ = AnomalySeries.z(value, seasonal, spans, rules)
            if abs(seasonalZ) < abs(z) { (usual, z) = (seasonal.median, seasonalZ) }
        }
        recent.append(z)
        if recent.count > rules.recentPoints { recent.removeFirst() }
        // A single minute that is far out must not look like a shift for many.
        let bounded = min(max(z, -rules.warningZ), rules.warningZ)
        average += rules.averageWeight * (bounded - average)
        return Reading(usual: usual, z: z, average: average)
    }

    /// Takes a point into what is usual.
    mutating func learn(_ value: Double, minute: UInt64, rules: AnomalyRules) {
        lastSeen = minute
        if points.count < rules.baselinePoints {
            points.append(Float(value))
        } else {
            points[next % points.count] = Float(value)
            next += 1
        }
        let number = minute / AnomalySeries.minutesAnHour
        if number != hour.number {
            finishHour(rules)
            hour = (number, [])
        }
        hour.values.append(Float(value))
    }

    private mutating func finishHour(_ rules: AnomalyRules) {
        guard hour.values.count >= rules.hourPoints else { return }
        let center = AnomalySeries.center(hour.values)
        hours.append(Hour(number: hour.number, median: Float(center.median), deviation: Float(center.deviation)))
        if hours.count > rules.seasonLength * Int(AnomalySeries.hoursADay) { hours.removeFirst() }
    }

    /// Of the same hour on the days before; `nil` where too few of them are known.
    private func seasonal(minute: UInt64, rules: AnomalyRules) -> Center? {
        let now = minute / AnomalySeries.minutesAnHour
        let furthest = UInt64(rules.seasonLength) * AnomalySeries.hoursADay
        let days = hours.filter { hour in
            hour.number < now && now - hour.number <= furthest
                && (now - hour.number).isMultiple(of: AnomalySeries.hoursADay)
        }
        guard days.count >= rules.seasonalDays else { return nil }
        let medians = AnomalySeries.center(days.map(\.median))
        // The spread of all these minutes together: that within an hour, and that from day to day.
        return Center(
            median: medians.median,
            deviation: hypot(AnomalySeries.center(days.map(\.deviation)).median, medians.deviation)
        )
    }

    private static func z(_ value: Double, _ center: Center, _ spans: Int, _ rules: AnomalyRules) -> Double {
        // Durations of one operation spread about as far as their mean is long: counting noise of the mean.
        let counting = center.median / Double(max(1, spans)).squareRoot()
        let spread = RobustScale.normalConsistency * center.deviation
        return (value - center.median) / max(spread, rules.leastSpread * center.median, counting, 1e-9)
    }

    private static func center(_ values: [Float]) -> Center {
        let values = values.map { Double($0) }
        let median = RobustScale.median(values) ?? 0
        return Center(median: median, deviation: RobustScale.median(values.map { abs($0 - median) }) ?? 0)
    }
}

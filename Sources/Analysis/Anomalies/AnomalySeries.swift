import Foundation

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

    private struct Hour {
        var number: UInt64
        var median: Float
        var deviation: Float
    }

    private static let hourLimit = 168
    private static let minutesAnHour: UInt64 = 60

    private(set) var lastSeen: UInt64 = 0
    private var points: [Float] = []
    private var next = 0
    private var hour: (number: UInt64, values: [Float]) = (0, [])
    private var hours: [Hour] = []
    private var average = 0.0
    /// Newest last, five at most.
    private(set) var recent: [Double] = []

    /// Looks at a point without learning from it; `nil` while too little is known.
    ///
    /// `spans` is how many durations the point is the mean of: so many alone make it uncertain.
    mutating func read(_ value: Double, spans: Int, minute: UInt64, rules: AnomalyRules) -> Reading? {
        lastSeen = minute
        guard points.count >= rules.minimumPoints else { return nil }
        let trailing = AnomalySeries.center(points)
        var (usual, z) = (trailing.median, AnomalySeries.z(value, trailing, spans))
        let sameHour = hours.filter { $0.number % 24 == minute / 60 % 24 && $0.number != minute / 60 }
        if sameHour.count >= rules.seasonalDays {
            let seasonal = (
                median: AnomalySeries.median(sameHour.map(\.median)),
                deviation: AnomalySeries.median(sameHour.map(\.deviation))
            )
            let seasonalZ = AnomalySeries.z(value, seasonal, spans)
            if abs(seasonalZ) < abs(z) { (usual, z) = (seasonal.median, seasonalZ) }
        }
        recent.append(z)
        if recent.count > 5 { recent.removeFirst() }
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
            if hour.values.count >= 20 {
                let center = AnomalySeries.center(hour.values)
                hours.append(
                    Hour(number: hour.number, median: Float(center.median), deviation: Float(center.deviation))
                )
                if hours.count > AnomalySeries.hourLimit { hours.removeFirst() }
            }
            hour = (number, [])
        }
        hour.values.append(Float(value))
    }

    private static func z(_ value: Double, _ center: (median: Double, deviation: Double), _ spans: Int) -> Double {
        // Durations of one operation spread about as far as their mean is long: counting noise of the mean.
        let counting = center.median / Double(max(1, spans)).squareRoot()
        let scale = max(1.4826 * center.deviation, 0.05 * center.median, counting, 1e-9)
        return (value - center.median) / scale
    }

    private static func center(_ values: [Float]) -> (median: Double, deviation: Double) {
        let middle = median(values)
        return (middle, median(values.map { abs($0 - Float(middle)) }))
    }

    private static func median(_ values: [Float]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        let half = sorted.count / 2
        return sorted.count % 2 == 1 ? Double(sorted[half]) : Double(sorted[half - 1] + sorted[half]) / 2
    }
}

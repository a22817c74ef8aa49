import Glibc
import Statistics

/// Whose processors work much harder than before, 0...1 by service.
///
/// All three must speak for it: it is beyond the noise of the quiet time, a multiple of what was usual, and a part worth
/// naming of what all services together usually use.
struct ProcessorEvidence {
    private(set) var strengths: [String: Double] = [:]

    /// Robust standard deviations that are noise, and over which the strength grows.
    private static let noise = 3.0
    private static let noiseScale = 8.0
    /// The multiple of the usual that is nothing yet, and over which the strength grows.
    private static let usual = 1.3
    private static let usualScale = 2.0
    /// Of what all services use together: from this share on it counts fully.
    private static let fullShare = 0.1

    /// Points that lie further apart tell of other times than the window's.
    private static let longestStep: UInt64 = 120_000_000_000

    private struct Level {
        var usual: Double
        var now: Double
        var noise: Double
    }

    /// `start` and `end` of the current window are Unix nanoseconds; all other points are of the quiet time.
    init(_ resources: [ResourceSeries], from start: UInt64, to end: UInt64) {
        var levels: [String: Level] = [:]
        for series in resources where series.kind == .cpuLoad {
            guard let level = ProcessorEvidence.level(series, from: start, to: end) else { continue }
            if level.now - level.usual > (levels[series.service].map { $0.now - $0.usual } ?? -.infinity) {
                levels[series.service] = level
            }
        }
        let total = levels.values.map(\.usual).sorted().reduce(0, +)
        guard total > 0 else { return }
        for (service, level) in levels {
            let growth = level.now - level.usual
            let deviations = min(60, growth / level.noise)
            let multiple = level.now / max(level.usual, .leastNonzeroMagnitude)
            let strength =
                ProcessorEvidence.saturating(deviations - ProcessorEvidence.noise, ProcessorEvidence.noiseScale)
                * ProcessorEvidence.saturating(multiple - ProcessorEvidence.usual, ProcessorEvidence.usualScale)
                * min(1, max(0, growth) / total / ProcessorEvidence.fullShare)
            if strength > 0 { strengths[service] = strength }
        }
    }

    private static func level(_ series: ResourceSeries, from start: UInt64, to end: UInt64) -> Level? {
        // A point tells of the time since the one before, so those within an interval of the window belong to it.
        let steps = zip(series.points, series.points.dropFirst()).map { $1.time - min($0.time, $1.time) }
        let step = min(steps.filter { $0 > 0 }.min() ?? 0, longestStep)
        let window = (start > step ? start - step : 0)...(end + step)
        let now = series.points.filter { window.contains($0.time) }.map(\.value)
        let quiet = series.points.filter { !window.contains($0.time) }.map(\.value)
        guard let highest = now.max(), quiet.count >= 3, let usual = RobustScale.median(quiet) else { return nil }
        let noise = RobustScale.normalConsistency * (RobustScale.medianAbsoluteDeviation(quiet) ?? 0)
        return Level(usual: usual, now: highest, noise: max(noise, 0.05 * usual, 1e-9))
    }

    private static func saturating(_ value: Double, _ scale: Double) -> Double {
        value > 0 ? 1 - exp(-value / scale) : 0
    }
}

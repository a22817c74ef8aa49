import Correlation
import Foundation
import Statistics
import Telemetry
import TestSupport

/// An operation with a daily rhythm and noise that remembers: what streaming anomalies are measured on.
struct SimulatedOperation {
    /// The noise of the level: standard deviation of its logarithm, and how much of it stays from minute to minute.
    struct Cell: Sendable {
        var spread: Double
        var memory: Double

        var name: String { "\(spread)/\(memory)" }
    }

    static let day = 1_440
    private static let median = 20.0
    /// Of the logarithm of single durations.
    private static let durations = 0.6
    private static let requests = 400.0
    private static let failures = 0.0002

    private let cell: Cell
    private let phase: Double
    private var generator: SeededGenerator
    private var noise = 0.0

    init(_ cell: Cell, seed: UInt64) {
        self.cell = cell
        generator = SeededGenerator(seed: seed)
        phase = Double.random(in: 0..<2 * .pi, using: &generator)
    }

    /// A minute, `slowdown` times as slow as it would be, in which a share of requests fails beside the usual few.
    mutating func window(_ minute: Int, slowdown: Double = 1, failing: Double = 0) -> TelemetryWindow {
        noise = cell.memory * noise + (1 - cell.memory * cell.memory).squareRoot() * cell.spread * normal()
        let rhythm = sin(2 * .pi * Double(minute) / Double(Self.day) + phase)
        let rate = Self.requests * (1 + 0.5 * rhythm)
        let count = max(0, Int((rate + rate.squareRoot() * normal()).rounded()))
        let sampling = Self.durations / Double(max(1, count)).squareRoot() * normal()
        let level = log(Self.median * slowdown * 1e6) + 0.2 * rhythm + noise + sampling
        var errors = 0
        for _ in 0..<count where Double.random(in: 0..<1, using: &generator) < Self.failures + failing { errors += 1 }
        var operation = OperationWindow(operation: FollowedOperation.key, errors: errors)
        operation.total.record(UInt64(exp(level)), times: UInt64(count))
        operation.bins[0] = WindowBin(spans: count, errors: errors, logDurationSum: Double(count) * level)
        return TelemetryWindow(
            start: UInt64(minute) * TelemetryWindow.length,
            spans: count,
            operations: count > 0 ? [operation] : []
        )
    }

    private mutating func normal() -> Double {
        let (first, second) = (
            Double.random(in: Double.leastNonzeroMagnitude..<1, using: &generator),
            Double.random(in: 0..<1, using: &generator)
        )
        return (-2 * log(first)).squareRoot() * cos(2 * .pi * second)
    }
}

/// What a repetition changes of a test; the standard one changes nothing.
package struct RetryChange: Sendable, Hashable, Codable {
    /// Of the rate, or of the virtual users.
    package var rateFactor = 1.0
    package var durationFactor = 1.0
    /// Seconds of load before the measurement; `nil` leaves it as it is.
    package var warmupSeconds: Double?

    package init() {}

    /// Whether what was measured is another load, which is no baseline for the plan's.
    package var isOtherLoad: Bool { rateFactor != 1 || durationFactor != 1 }

    /// `rate × 0.7, warm-up 10 s`.
    package var text: String {
        var parts: [String] = []
        if rateFactor != 1 { parts.append("rate × \(Wording.number(rateFactor))") }
        if durationFactor != 1 { parts.append("duration × \(Wording.number(durationFactor))") }
        if let warmupSeconds { parts.append("warm-up \(Wording.number(warmupSeconds)) s") }
        return parts.isEmpty ? "nothing changed" : parts.joined(separator: ", ")
    }
}

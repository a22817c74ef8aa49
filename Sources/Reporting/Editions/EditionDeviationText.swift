import Analysis

/// A deviation between editions, for people and for programs.
enum EditionDeviationText {
    /// Such as `2.5 × vetclinic's 12 ms (2.1 to 3.0): orders, SELECT items`.
    static func sentence(_ deviation: EditionDeviation) -> String {
        let before = "\(deviation.edition)'s \(Quantity.milliseconds(deviation.p95.before))"
        if let reason = deviation.notComparable { return "not comparable with \(before): \(reason)" }
        guard let ratio = deviation.p95.ratio else { return "no p95 of \(deviation.edition) to compare with" }
        var text = "\(NumberText.fixed(ratio, decimals: 2)) × \(before)"
        if let low = deviation.p95.ratioLow, let high = deviation.p95.ratioHigh {
            text += " (\(NumberText.fixed(low, decimals: 2)) to \(NumberText.fixed(high, decimals: 2)))"
        }
        if let rate = deviation.rateRatio, abs(rate - 1) > 0.01 {
            text += " at \(NumberText.significant(rate, digits: 3)) × its rate"
        }
        if deviation.direction == .unclear { return text + ": no clear difference" }
        if let culprit = deviation.culprit, deviation.direction == .slower {
            text += ": \(culprit.service), \(culprit.operation)"
        }
        return text
    }

    static func value(_ deviation: EditionDeviation?) -> DocumentValue {
        guard let deviation else { return .null }
        return [
            "editionId": .string(deviation.edition),
            "runId": .string(deviation.runID),
            "direction": .string(deviation.direction.rawValue),
            "p95Edition": .number(deviation.p95.before),
            "p95Current": .number(deviation.p95.after),
            "deltaLatencyP95": .of(Quantity.compactChange(deviation.p95.ratio)),
            "ratioInterval": .array([.of(deviation.p95.ratioLow), .of(deviation.p95.ratioHigh)]),
            "confidence": .number(deviation.p95.confidence),
            "rateRatio": .of(deviation.rateRatio),
            "notComparable": .of(deviation.notComparable),
            "culprit": deviation.culprit.map {
                ["service": .string($0.service), "operation": .string($0.operation)]
            } ?? .null,
        ]
    }
}

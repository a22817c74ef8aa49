import Analysis
import Statistics
import Telemetry

/// What a test of its type found out, in words and rows.
struct CharacteristicSummary {
    /// Such as `Load line`.
    let title: String
    /// One or two sentences.
    let sentence: String
    /// Label and value.
    let facts: [(name: String, value: String)]

    /// `nil` for a test that found out nothing of the kind.
    init?(_ test: TestReport) {
        switch test.load.characteristic {
        case .loadLine(let line)?:
            title = "Load line"
            sentence = CharacteristicSummary.sentence(line)
            facts = CharacteristicSummary.facts(line)
        case .scalability(let law)?:
            title = "Scalability"
            sentence = CharacteristicSummary.sentence(law)
            facts = [
                ("rate of one user", Quantity.rate(law.ratePerUser)),
                ("contention σ", NumberText.fixed(law.contention, decimals: 4)),
                ("coherency κ", NumberText.fixed(law.coherency, decimals: 6)),
                ("explained by the law", Quantity.percent(max(0, law.determination))),
            ]
        case .recovery(let spike)?:
            title = "Recovery from the spike"
            sentence = CharacteristicSummary.sentence(spike)
            facts = [
                ("p95 before", Quantity.milliseconds(spike.p95Before)),
                ("highest p95 of a second", Quantity.milliseconds(spike.p95Peak)),
                ("well again below", Quantity.milliseconds(spike.p95Recovered)),
                ("errors since the spike", Quantity.percent(spike.errorRate)),
            ]
        case .drift(let drift)?:
            title = "Drift"
            sentence = CharacteristicSummary.sentence(drift)
            facts = drift.series.map { ($0.name, CharacteristicSummary.trend($0)) }
        case .payloadCost(let cost)?:
            title = "Cost of payload"
            sentence =
                "A request costs \(Quantity.milliseconds(cost.fixed)) whatever it carries, and "
                + "\(Quantity.signedMilliseconds(cost.perKiB)) more for each KiB."
            facts = [
                ("fixed, 95 % interval", CharacteristicSummary.interval(cost.fixedLow, cost.fixedHigh)),
                ("for each KiB, 95 % interval", CharacteristicSummary.interval(cost.perKiBLow, cost.perKiBHigh)),
            ]
        case nil: return nil
        }
    }

    private static func sentence(_ line: LoadLine) -> String {
        guard let rate = line.rate else {
            let cause = line.failureMode.first.map { ": \($0)" } ?? ""
            return "No rate held the objectives\(cause)."
        }
        let margin = line.uncertainty.map { " ± \(Quantity.percent($0))" } ?? " or more"
        var text = "The target holds its objectives up to \(Quantity.rate(rate))\(margin)."
        if let broken = line.brokenAt, let mode = line.failureMode.first {
            text += " At \(Quantity.rate(broken)) it broke: \(mode)."
        }
        switch (line.hasRecovered, line.recoverySeconds) {
        case (true?, let seconds?):
            text += " After the overload it was well again within \(Quantity.mean(seconds + 1)) s."
        case (false?, _): text += " After the overload it was not well again, even at a lower rate."
        default: break
        }
        if !line.isConfirmed { text += " The line did not hold when it was tried once more." }
        return text
    }

    private static func facts(_ line: LoadLine) -> [(name: String, value: String)] {
        var facts = [("why the search ended", line.ending)]
        if let knee = line.knee { facts.append(("median twice that of the first level from", Quantity.rate(knee))) }
        return facts
    }

    private static func sentence(_ law: Scalability) -> String {
        guard law.determination >= 0.9 else {
            return "The steps follow no scalability law closely enough to tell a best number of users."
        }
        if let users = law.bestUsers, let rate = law.bestRate {
            return
                "Throughput peaks at about \(Quantity.count(Quantity.whole(users))) users with \(Quantity.rate(rate)); "
                + "more users make it slower."
        }
        if let rate = law.bestRate {
            return "Throughput approaches \(Quantity.rate(rate)) and no number of users makes it fall."
        }
        return "Throughput grew with every user; the limit is beyond the steps of this test."
    }

    private static func sentence(_ spike: SpikeRecovery) -> String {
        let peak = "p95 rose from \(Quantity.milliseconds(spike.p95Before)) to \(Quantity.milliseconds(spike.p95Peak))"
        guard let seconds = spike.seconds else {
            return "\(peak) and was not back by the end of the test."
        }
        return
            "\(peak) and was back \(seconds == 0 ? "at once" : "after \(Quantity.mean(seconds)) s") when the spike ended."
    }

    private static func sentence(_ drift: SoakDrift) -> String {
        let drifting = drift.series.filter(\.isDrifting)
        guard !drifting.isEmpty else { return "Nothing that was watched drifted." }
        return drifting.map { series in
            let confidence = Quantity.confidence(series.confidence)
            return "\(series.name) \(trend(series)) (confidence \(confidence))"
        }.joined(separator: "; ") + "."
    }

    private static func trend(_ series: SoakDrift.Series) -> String {
        let sign = series.perHour > 0 ? "+" : ""
        return "\(Quantity.mean(series.start)) → \(Quantity.mean(series.end)) \(series.unit), "
            + "\(sign)\(Quantity.mean(series.perHour)) \(series.unit) an hour "
            + "(\(Quantity.mean(series.perHourLow)) to \(Quantity.mean(series.perHourHigh)))"
    }

    private static func interval(_ low: Double, _ high: Double) -> String {
        "\(Quantity.signedMilliseconds(low)) to \(Quantity.signedMilliseconds(high))"
    }
}

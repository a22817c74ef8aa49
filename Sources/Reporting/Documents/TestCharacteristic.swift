import Analysis
import Telemetry

/// What a test of its type found out, as JSON.
enum TestCharacteristic {
    /// Keys for `perf-metrics.json`; empty for a test that has neither steps nor a characteristic.
    static func fields(_ load: LoadSummary) -> [DocumentMember] {
        var fields: [DocumentMember] = []
        switch load.characteristic {
        case .loadLine(let line)?: fields.append(DocumentMember("loadLine", value(line)))
        case .scalability(let law)?: fields.append(DocumentMember("scalability", value(law)))
        case .recovery(let spike)?: fields.append(DocumentMember("spikeRecovery", value(spike)))
        case .drift(let drift)?: fields.append(DocumentMember("drift", .array(drift.series.map(value))))
        case .payloadCost(let cost)?: fields.append(DocumentMember("payloadCost", value(cost)))
        case nil: break
        }
        if let steps = load.steps { fields.append(DocumentMember("steps", .array(steps.map(value)))) }
        return fields
    }

    private static func value(_ line: LoadLine) -> DocumentValue {
        [
            "rps": .of(line.rate),
            "brokenAtRps": .of(line.brokenAt),
            "uncertainty": .of(line.uncertainty),
            "failureMode": .of(line.failureMode),
            "kneeRps": .of(line.knee),
            "confirmed": .bool(line.isConfirmed),
            "recovered": line.hasRecovered.map { .bool($0) } ?? .null,
            "recoverySeconds": .of(line.recoverySeconds),
            "ending": .string(line.ending),
        ]
    }

    private static func value(_ law: Scalability) -> DocumentValue {
        [
            "ratePerUser": .number(law.ratePerUser),
            "contention": .number(law.contention),
            "coherency": .number(law.coherency),
            "bestUsers": .of(law.bestUsers),
            "bestRps": .of(law.bestRate),
            "rSquared": .number(law.determination),
        ]
    }

    private static func value(_ spike: SpikeRecovery) -> DocumentValue {
        [
            "p95Before": .number(spike.p95Before),
            "p95Peak": .number(spike.p95Peak),
            "p95Recovered": .number(spike.p95Recovered),
            "errorRate": .number(spike.errorRate),
            "seconds": .of(spike.seconds),
        ]
    }

    private static func value(_ series: SoakDrift.Series) -> DocumentValue {
        [
            "name": .string(series.name),
            "unit": .string(series.unit),
            "start": .number(series.start),
            "end": .number(series.end),
            "perHour": .number(series.perHour),
            "interval": .array([.number(series.perHourLow), .number(series.perHourHigh)]),
            "confidence": .number(series.confidence),
            "drifting": .bool(series.isDrifting),
        ]
    }

    private static func value(_ cost: PayloadCost) -> DocumentValue {
        [
            "fixedMs": .number(cost.fixed),
            "fixedInterval": .array([.number(cost.fixedLow), .number(cost.fixedHigh)]),
            "msPerKiB": .number(cost.perKiB),
            "perKiBInterval": .array([.number(cost.perKiBLow), .number(cost.perKiBHigh)]),
        ]
    }

    private static func value(_ step: LoadStep) -> DocumentValue {
        [
            "role": .string(step.role.rawValue),
            "level": .number(step.level),
            "measuredFrom": .string(Timestamp.rfc3339(step.measuredFrom)),
            "endedAt": .string(Timestamp.rfc3339(step.endedAt)),
            "rpsTarget": .number(step.targetRate),
            "rps": .number(step.achievedRate),
            "scheduled": .of(step.scheduled),
            "answered": .of(step.answered),
            "failed": .of(step.failed),
            "errorRate": .number(step.errorRate),
            "latency": TestMetrics.latency(step.latency),
            "held": .bool(step.hasHeld),
            "broken": .of(step.broken),
            "invalidReasons": .of(step.invalidReasons),
        ]
    }
}

import Analysis

/// What people and repetitions changed about a run, for artifacts that other programs read.
enum GateFields {
    /// Of the whole run: which attempt it is, the repetitions, and the gate where it had something to say.
    static func run(_ report: RunReport) -> DocumentValue {
        var fields: [DocumentMember] = [DocumentMember("retryAttempt", .of(report.retryAttempt))]
        if let retry = report.retry {
            fields.append(DocumentMember("retries", .array(retry.records.map { record($0, retry) })))
        }
        if let gate = report.gate, !gate.reasons.isEmpty || !gate.notes.isEmpty {
            fields.append(
                DocumentMember(
                    "gate",
                    ["passed": .bool(gate.isPassed), "reasons": .of(gate.reasons), "notes": .of(gate.notes)]
                )
            )
        }
        return .object(fields)
    }

    /// Of one test: what notes changed, with their sources; empty where nothing was changed.
    static func test(_ verdict: Verdict) -> DocumentValue {
        var fields: [DocumentMember] = []
        if let overrides = verdict.overrides { fields.append(DocumentMember("overrides", .of(overrides))) }
        if verdict.gateExclusion != nil { fields.append(DocumentMember("excludeFromGate", true)) }
        if verdict.scoreExclusion != nil { fields.append(DocumentMember("excludeFromScore", true)) }
        if let source = verdict.weightsSource { fields.append(DocumentMember("weightsSource", .string(source))) }
        return .object(fields)
    }

    /// One repetition, in the words of the format.
    static func record(_ record: RetryRecord, _ history: RetryHistory) -> DocumentValue {
        let change = record.step.change
        return [
            "retryAttempt": .of(record.attempt),
            "endpoint": .string(record.step.test),
            "originalStatus": .string(record.originalStatus.rawValue),
            "strategy": .string(record.strategy),
            "cause": .string(record.step.cause),
            "adjustments": [
                "rpsFactor": .number(change.rateFactor),
                "durationFactor": .number(change.durationFactor),
                "warmupSeconds": .of(change.warmupSeconds),
            ],
            "retryResult": ["performanceScore": .number(record.score), "status": .string(record.status.rawValue)],
            "outcome": .of(history.outcome(of: record.step.test)?.rawValue),
        ]
    }
}

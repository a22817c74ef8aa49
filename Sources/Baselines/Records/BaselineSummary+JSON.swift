/// As the API and `plimsoll baseline list --json` write it.
extension BaselineSummary: Encodable {
    private enum CodingKeys: String, CodingKey {
        case moduleId, editionId, testType, endpoint, runs, baselineRuns, newestRunId, p95Milliseconds, score, decision
        case decidedRunId, consecutiveRegressions, isObsolete
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(key.moduleID, forKey: .moduleId)
        try container.encode(key.editionID, forKey: .editionId)
        try container.encode(key.testType, forKey: .testType)
        try container.encode(key.endpoint, forKey: .endpoint)
        try container.encode(runs, forKey: .runs)
        try container.encode(baselineRuns, forKey: .baselineRuns)
        try container.encodeIfPresent(newestRunID, forKey: .newestRunId)
        try container.encodeIfPresent(p95Milliseconds, forKey: .p95Milliseconds)
        try container.encodeIfPresent(score, forKey: .score)
        try container.encodeIfPresent(decision?.rawValue, forKey: .decision)
        try container.encodeIfPresent(decidedRunID, forKey: .decidedRunId)
        try container.encode(consecutiveRegressions, forKey: .consecutiveRegressions)
        try container.encode(isObsolete, forKey: .isObsolete)
    }
}

import Analysis

/// As the API and `plimsoll baseline list --runs --json` write it; moments are Unix nanoseconds.
extension RunSummary: Encodable {
    private enum CodingKeys: String, CodingKey {
        case id, startedAt, endedAt, status, score, exitCode, wasInterrupted, tests, acceptedTests, version, environment
        case lineageID = "traceId"
        case moduleID = "moduleId"
        case editionID = "editionId"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(lineageID, forKey: .lineageID)
        try container.encode(moduleID, forKey: .moduleID)
        try container.encode(editionID, forKey: .editionID)
        try container.encode(startedAt, forKey: .startedAt)
        try container.encode(endedAt, forKey: .endedAt)
        try container.encode(status.rawValue, forKey: .status)
        try container.encode(score, forKey: .score)
        try container.encode(exitCode, forKey: .exitCode)
        try container.encode(wasInterrupted, forKey: .wasInterrupted)
        try container.encode(tests, forKey: .tests)
        try container.encode(acceptedTests, forKey: .acceptedTests)
        try container.encode(version, forKey: .version)
        try container.encode(environment, forKey: .environment)
    }
}

/// Which run this is, of what, when and where.
package struct RunIdentity: Sendable, Hashable, Codable {
    package var id: String
    package var lineageID: String
    package var moduleID: String
    package var editionID: String
    /// Unix nanoseconds.
    package var startedAt: UInt64
    package var endedAt: UInt64
    package var wasInterrupted: Bool
    package var targetURL: String
    /// Plimsoll's version and the load engine's.
    package var version: String
    package var engine: String
    /// CPU model, cores, kernel: runs of different environments do not compare.
    package var environment: String
    /// To run it again.
    package var command: String

    package init(
        id: String,
        lineageID: String,
        moduleID: String,
        editionID: String,
        startedAt: UInt64,
        endedAt: UInt64,
        wasInterrupted: Bool,
        targetURL: String,
        version: String,
        engine: String,
        environment: String,
        command: String
    ) {
        self.id = id
        self.lineageID = lineageID
        self.moduleID = moduleID
        self.editionID = editionID
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.wasInterrupted = wasInterrupted
        self.targetURL = targetURL
        self.version = version
        self.engine = engine
        self.environment = environment
        self.command = command
    }
}

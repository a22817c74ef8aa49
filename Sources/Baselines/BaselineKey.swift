/// What may be compared: only runs of the same module, edition, test type and endpoint.
package struct BaselineKey: Sendable, Hashable {
    package var moduleID: String
    package var editionID: String
    /// `TestType.rawValue`.
    package var testType: String
    /// The test's name in the plan.
    package var endpoint: String

    package init(moduleID: String, editionID: String, testType: String, endpoint: String) {
        self.moduleID = moduleID
        self.editionID = editionID
        self.testType = testType
        self.endpoint = endpoint
    }
}

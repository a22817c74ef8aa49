/// `test-suite.plan.yaml`, validated: `spec/contract.md` section 1.
package struct TestPlan: Sendable, Hashable {
    /// `traceId` in the file: the lineage of a project, never a W3C trace id.
    package var lineageID: String
    package var moduleID: String
    package var editionID: String
    /// The editions to run one after another and to compare; the first is what the others are compared with.
    package var editionIDs: [String]
    package var target: TargetPlan
    package var tests: [TestDefinition]
    /// The files that `{{csv FILE column}}` templates name, by the name they use.
    package var tables: [String: DataTable] = [:]
    package var gate = GateOptions()
    package var retry = RetryOptions()

    package init(lineageID: String, moduleID: String, editionID: String, target: TargetPlan, tests: [TestDefinition]) {
        self.lineageID = lineageID
        self.moduleID = moduleID
        self.editionID = editionID
        editionIDs = [editionID]
        self.target = target
        self.tests = tests
    }
}

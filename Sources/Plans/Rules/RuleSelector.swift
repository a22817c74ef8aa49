/// What a rule applies to; `nil` fields match everything.
package struct RuleSelector: Sendable, Hashable {
    package var moduleID: String?
    package var editionID: String?
    package var testType: TestType?
    /// A test's name, its `METHOD /path`, or its path.
    package var endpoint: String?

    package init(
        moduleID: String? = nil,
        editionID: String? = nil,
        testType: TestType? = nil,
        endpoint: String? = nil
    ) {
        self.moduleID = moduleID
        self.editionID = editionID
        self.testType = testType
        self.endpoint = endpoint
    }

    package func matches(_ test: TestDefinition, in plan: TestPlan) -> Bool {
        if let moduleID, moduleID != plan.moduleID { return false }
        if let editionID, editionID != plan.editionID { return false }
        if let testType, testType != test.type { return false }
        guard let endpoint else { return true }
        return [test.name, "\(test.method) \(test.path)", test.path].contains(endpoint)
    }

    /// "Most specific match wins (endpoint > test type > edition > module)": higher is more specific.
    package var specificity: Int {
        (endpoint == nil ? 0 : 8) + (testType == nil ? 0 : 4) + (editionID == nil ? 0 : 2) + (moduleID == nil ? 0 : 1)
    }
}

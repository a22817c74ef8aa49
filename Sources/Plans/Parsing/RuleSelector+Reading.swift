extension RuleSelector {
    static let keys = KnownKeys(known: ["module", "moduleId", "editionId", "testType", "endpoint"])

    /// What a map says of itself; wrong values are reported and match everything.
    init(_ map: YAMLMap?) {
        self.init()
        guard let map else { return }
        moduleID = (map["module"] ?? map["moduleId"])?.text(example: "module: CheckoutService")
        editionID = map["editionId"]?.text(example: "editionId: vetclinic")
        testType = map["testType"]?.word(TestType.self)
        endpoint = map["endpoint"]?.text(example: "endpoint: /checkout/submit")
    }

    /// The more specific map wins, field by field.
    func overridden(by map: YAMLMap) -> RuleSelector {
        var selector = RuleSelector(map)
        selector.moduleID = selector.moduleID ?? moduleID
        selector.editionID = selector.editionID ?? editionID
        selector.testType = selector.testType ?? testType
        selector.endpoint = selector.endpoint ?? endpoint
        return selector
    }
}

/// What a rule applies to; `nil` fields match everything.
struct Selector {
    static let keys = KnownKeys(known: ["module", "moduleId", "editionId", "testType", "endpoint"])

    var moduleID: String?
    var editionID: String?
    var testType: TestType?
    var endpoint: String?

    init(_ map: YAMLMap?) {
        guard let map else { return }
        moduleID = (map["module"] ?? map["moduleId"])?.text(example: "module: CheckoutService")
        editionID = map["editionId"]?.text(example: "editionId: vetclinic")
        testType = map["testType"]?.word(TestType.self)
        endpoint = map["endpoint"]?.text(example: "endpoint: /checkout/submit")
    }

    /// The more specific map wins, field by field.
    func overridden(by map: YAMLMap) -> Selector {
        var selector = Selector(map)
        selector.moduleID = selector.moduleID ?? moduleID
        selector.editionID = selector.editionID ?? editionID
        selector.testType = selector.testType ?? testType
        selector.endpoint = selector.endpoint ?? endpoint
        return selector
    }
}

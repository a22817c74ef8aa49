/// Reads `test-suite.plan.yaml`.
struct PlanReader {
    static let example = """
        moduleId: CheckoutService
        target: { baseUrl: "http://127.0.0.1:8080" }
        tests:
          - type: load
            endpoint: GET /checkout
            rps: 50
            duration: 30s
        """

    let sources: PlanSources
    let service: ServiceMetadata
    /// Stands in for `moduleId` where no file gives one.
    let folderName: String
    /// Of `edition.config.json`, whose tests are looked up in the plan.
    var editions: [EditionReader.Edition] = []

    /// `nil` after errors, which are in the log of `root`.
    func plan(_ root: YAMLValue) -> TestPlan? {
        guard let map = root.map(PlanKeys.plan, example: TestReader.example) else { return nil }
        let moduleID = text("moduleId", map) ?? service.moduleID ?? folderName
        let editionReader = PlanEditionReader(editions: editions)
        let editionIDs = editionReader.ids(map)
        let target = TargetReader(sources: sources, service: service).target(map.section("target"), of: map)
        let tests = tests(map, target)
        let gate = map.section("gate").map(GateReader().gate)
        let retry = map.section("retry").map(GateReader().retry)
        guard !root.log.hasErrors else { return nil }
        if let known = service.moduleID, known != moduleID {
            map["moduleId"]?.warning("differs from \(known.quoted) in service.metadata.yaml; the plan's is used")
        }
        var targetPlan = target.plan
        targetPlan.secrets = sources.secrets
        var plan = TestPlan(
            lineageID: text("traceId", map) ?? moduleID,
            moduleID: moduleID,
            editionID: editionIDs.first ?? "default",
            target: targetPlan,
            tests: unique(tests)
        )
        plan.tables = sources.tables
        plan.gate = gate ?? GateOptions()
        plan.retry = retry ?? RetryOptions()
        if !editionIDs.isEmpty { plan.editionIDs = editionIDs }
        editionReader.check(
            plan,
            of: map,
            named: tests.flatMap(\.editions),
            needsTenants: sources.usesTenants
        )
        return plan
    }

    private func text(_ key: String, _ map: YAMLMap) -> String? {
        map[key]?.text(example: "\(key): checkout").map(\.onOneLine)
    }

    private func tests(_ map: YAMLMap, _ target: TargetReader.Target) -> [TestReader.Test] {
        let defaults = map.section("defaults")?.map(PlanKeys.defaults, example: "defaults: { warmup: 5s }")
        guard let section = map.required("tests", example: TestReader.example) else { return [] }
        guard let values = section.list(example: TestReader.example) else { return [] }
        if values.isEmpty { section.error("the list is empty; example: `\(TestReader.example)`") }
        let reader = TestReader(sources: sources, target: target, defaults: defaults)
        var tests: [TestReader.Test] = []
        for value in values {
            // A test that is no map at all still stands where its successor looks for its request.
            tests.append(reader.test(value, after: tests.last?.request) ?? TestReader.Test(request: .init()))
        }
        reportRepeatedNames(tests)
        return tests
    }

    private func reportRepeatedNames(_ tests: [TestReader.Test]) {
        var names: Set<String> = []
        for test in tests where test.isNamed {
            guard let name = test.definition?.name, !names.insert(name).inserted else { continue }
            test.nameValue?.error("another test is named \(name.quoted) too; names tell tests and baselines apart")
        }
    }

    /// Gives tests that the plan does not name the name of their endpoint; where that is taken, with their type and a
    /// count behind it.
    ///
    /// The first keeps the plain name, so that a test appended to the plan renames none, and loses no baseline.
    private func unique(_ tests: [TestReader.Test]) -> [TestDefinition] {
        var taken = Set(tests.filter(\.isNamed).compactMap { $0.definition?.name })
        return tests.compactMap { test in
            guard var definition = test.definition, !test.isNamed else { return test.definition }
            let plain = definition.name
            var count = 1
            while !taken.insert(definition.name).inserted {
                definition.name = "\(plain) (\(definition.type.rawValue)\(count > 1 ? " \(count)" : ""))"
                count += 1
            }
            return definition
        }
    }
}

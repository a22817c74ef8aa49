import Analysis
import Correlation
import Synchronization
import Telemetry
import Testing

/// What every detector promises, run over the list of all.
@Suite struct DetectorContractTests {
    /// Runs in which something is wrong, one for each detector at least.
    private static func troubled(seed: UInt64) -> [ComparedRun] {
        var slow = EndpointModel.shop()
        slow.paths[EndpointModel.Shop.orders].milliseconds = 60
        slow.paths[EndpointModel.Shop.network].milliseconds = 30
        slow.paths[EndpointModel.Shop.ordersQuery].errors = 0.4
        let added = OperationKey(service: "orders", name: "SELECT coupons", kind: .client)
        slow.paths.append(.init(frame: PathFrame(operation: added), parent: 4, milliseconds: 12))
        var before = EndpointModel.shop()
        let removed = OperationKey(service: "orders", name: "GET cache", kind: .client)
        before.paths.append(.init(frame: PathFrame(operation: removed), parent: 4, milliseconds: 2))
        return [
            SimulatedRuns.compared(slow, before: before, seed: seed, failed: 40),
            QueryTraces(counts: seed.isMultiple(of: 2) ? [21] : [14]).compared(),
        ]
    }

    /// The runs above, and those with a fault planted that the detector is there for.
    private static func runs(for detector: any FindingDetector, seed: UInt64) -> [ComparedRun] {
        (seed == 2 ? second : troubled(seed: seed)) + planted(for: detector, seed: seed)
    }

    private static let second = troubled(seed: 2)
    private static let cache = Mutex<[String: ComparedRun]>([:])

    private static func planted(for detector: any FindingDetector, seed: UInt64) -> [ComparedRun] {
        PlantedFault.all.enumerated().filter { identifiers[detector.kind] == $0.element.id }.map { index, fault in
            let key = "\(index) \(seed)"
            if let known = cache.withLock({ $0[key] }) { return known }
            let run = fault.run(strength: 1, seed: seed)
            cache.withLock { $0[key] = run }
            return run
        }
    }

    /// Which catalogue number each kind has, from what is found in planted runs.
    static let identifiers: [String: String] = Dictionary(
        uniqueKeysWithValues: zip(
            [any FindingDetector].standard.map(\.kind),
            [
                "F13", "F14", "F12", "F36", "F09", "F11", "F34", "F25", "F27", "F26", "F28", "F02", "F03", "F04", "F05",
                "F10", "F24", "F22", "F19", "F20", "F21", "F18", "F31", "F32", "F37", "F23", "F35", "F15", "F07", "F17",
                "F16", "F30", "F06", "F29", "F33", "F39", "F01", "F08", "F41", "F42", "F38", "F40", "F43", "F44",
            ]
        )
    )

    @Test(arguments: [any FindingDetector].standard)
    func `is silent on an empty run`(detector: any FindingDetector) {
        let empty = SimulatedRuns.run([])
        #expect(detector.findings(in: ComparedRun(run: empty, comparisons: [])).isEmpty)
        let untraced = SimulatedRuns.test(EndpointProfile(endpoint: "GET /"))
        let run = SimulatedRuns.run([untraced])
        #expect(detector.findings(in: ComparedRun(run: run, comparisons: [nil])).isEmpty)
        #expect(detector.findings(in: ComparedRun(run: run, comparisons: [])).isEmpty)
    }

    @Test(arguments: [any FindingDetector].standard)
    func `finds something in a troubled run, the same every time`(detector: any FindingDetector) {
        let runs = DetectorContractTests.runs(for: detector, seed: 2)
        let found = runs.map { detector.findings(in: $0) }
        #expect(found.contains { !$0.isEmpty })
        #expect(runs.map { detector.findings(in: $0) } == found)
    }

    @Test(arguments: [any FindingDetector].standard)
    func `says what it is, and that in one plain line`(detector: any FindingDetector) {
        for run in DetectorContractTests.runs(for: detector, seed: 2) {
            for finding in detector.findings(in: run) {
                #expect(finding.kind == detector.kind)
                #expect(finding.id == DetectorContractTests.identifiers[detector.kind])
                #expect(!finding.sentence.isEmpty && !finding.sentence.contains("\n"))
                #expect(finding.sentence.contains { $0.isNumber }, "a sentence has numbers")
                #expect(!finding.suggestion.isEmpty)
                #expect((0...1).contains(finding.confidence))
                #expect(!finding.culprit.service.isEmpty && !finding.culprit.operation.isEmpty)
                #expect(finding.evidence.numbers.values.allSatisfy { $0.isFinite })
                #expect(finding.evidence.numbers.keys.allSatisfy(DetectorContractTests.namesItsUnit), "\(finding.id)")
            }
        }
    }

    private static func namesItsUnit(_ key: String) -> Bool {
        ["Ms", "Ratio", "Count", "Value", "Before", "After", "PerRequest"].contains { key.hasSuffix($0) }
    }

    @Test(arguments: [any FindingDetector].standard)
    func `evidence refers to traces of the run`(detector: any FindingDetector) {
        for run in DetectorContractTests.runs(for: detector, seed: 2) {
            let known = Set(run.run.tests.flatMap(\.traces).map(\.traceID))
            for finding in detector.findings(in: run) {
                for trace in [finding.evidence.typicalTraceID, finding.evidence.worstTraceID].compactMap({ $0 }) {
                    #expect(known.contains(trace))
                }
                let hasExemplar = finding.evidence.typicalTraceID != nil || finding.evidence.baselineTraceID != nil
                #expect(hasExemplar, "\(finding.id) shows no trace")
            }
        }
    }

    @Test(arguments: [any FindingDetector].standard)
    func `fingerprints do not change with the numbers`(detector: any FindingDetector) {
        let runs = [UInt64(2), 3].map { DetectorContractTests.planted(for: detector, seed: $0) }
        let (one, other) = (runs[0].flatMap(detector.findings), runs[1].flatMap(detector.findings))
        #expect(one.map(\.fingerprint) == other.map(\.fingerprint))
        #expect(!one.isEmpty)
        #expect(Set(one.map(\.fingerprint)).count == one.count)
    }

    @Test func `kinds are unique and in lower snake case`() {
        let kinds = [any FindingDetector].standard.map(\.kind)
        #expect(Set(kinds).count == kinds.count)
        #expect(kinds.allSatisfy { $0.wholeMatch(of: /[a-z]+(_[a-z]+)*/) != nil })
    }

    @Test func `catalogue numbers are unique and all there`() {
        #expect(Set(DetectorContractTests.identifiers.values).count == 44)
    }
}

import Analysis
import Foundation
import Testing

/// Every fault of the catalogue is planted, and found; where none is planted, nothing of weight is found.
@Suite struct PlantedTruthTests {
    private static func found(_ run: ComparedRun) -> [Finding] {
        [any FindingDetector].standard.flatMap { $0.findings(in: run) }
    }

    @Test(arguments: PlantedFault.all)
    func `a strong fault is found`(fault: PlantedFault) {
        let run = fault.run(strength: 1, seed: 7)
        let detectors = [any FindingDetector].standard.filter { DetectorContractTests.identifiers[$0.kind] == fault.id }
        let found = detectors.flatMap { $0.findings(in: run) }
        #expect(!found.isEmpty)
        for finding in found {
            #expect(!finding.sentence.contains("\n") && finding.sentence.contains { $0.isNumber })
            #expect((0...1).contains(finding.confidence))
        }
    }

    @Test func `every number of the catalogue is planted`() {
        let planted = Set(PlantedFault.all.map(\.id))
        let catalogue = (1...44).map { $0 < 10 ? "F0\($0)" : "F\($0)" }
        #expect(planted == Set(catalogue))
    }

    @Test(arguments: UInt64(1)...2)
    func `clean runs have nothing of medium weight or above`(seed: UInt64) {
        let found = PlantedTruthTests.found(PlantedFault.clean.run(strength: 0, seed: seed))
        let notable = found.filter { $0.severity >= .medium && $0.id != "F01" }
        #expect(notable.isEmpty, "\(notable.map { "\($0.id): \($0.sentence)" })")
    }

    /// The table of `scripts/eval-findings`; quiet otherwise.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["PLIMSOLL_EVAL_FINDINGS"] != nil))
    func `recall by strength`() throws {
        let seeds: [UInt64] = [11, 12, 13]
        var strong = (found: 0, planted: 0)
        var lines = ["finding  weak 0.25  medium 0.5  strong 1"]
        for fault in PlantedFault.all {
            let shares = [0.25, 0.5, 1].map { strength in
                let hits = seeds.count { seed in
                    PlantedTruthTests.found(fault.run(strength: strength, seed: seed)).contains { $0.id == fault.id }
                }
                if strength == 1 { strong = (strong.found + hits, strong.planted + seeds.count) }
                return Double(hits) / Double(seeds.count)
            }
            lines.append(fault.id + String(format: "      %8.2f    %8.2f  %8.2f", shares[0], shares[1], shares[2]))
        }
        let clean = (100..<140).count { seed in
            let found = PlantedTruthTests.found(PlantedFault.clean.run(strength: 0, seed: UInt64(seed)))
            return found.contains { $0.severity >= .medium && $0.id != "F01" }
        }
        let recall = Double(strong.found) / Double(max(1, strong.planted))
        print(lines.joined(separator: "\n"))
        print("RESULT {\"recall_strong\":\(recall),\"false_clean_sets\":\(Double(clean) / 40),\"clean_sets\":40}")
        #expect(recall >= 0.95)
        #expect(clean <= 2)
    }
}

import Analysis
import Foundation
import TestSupport
import Testing

/// The evaluation of `plimsoll check`: a small one always, the whole one by `scripts/eval-check`.
struct DeployStudyTests {
    @Test func `finds faulty deploys of a simulated system and leaves clean ones alone`() {
        if let asked = ProcessInfo.processInfo.environment["PLIMSOLL_EVAL_CHECK"].flatMap(Int.init) {
            evaluate(systems: asked)
            return
        }
        var study = DeployStudy()
        study.run(
            DeployStudy.cells[1],
            systems: 1,
            historyMinutes: 200,
            plan: [
                .clean, .clean, .clean, .clean, .canaryClean, .slower25, .canarySlower, .newError, .errorRate,
                .moreCalls,
                .transient, .costShift,
            ],
            requestsPerSecond: 4,
            spacing: 20,
            looks: [17],
            seed: 5
        )
        #expect(study.falseRate == 0)
        #expect(study.recall25 == 1)
        #expect(study.precision == 1)
        #expect(study.sum([.newError, .errorRate, .moreCalls]).flagged == 3)
    }

    /// Two sets of seeds: the first is what the procedure was looked at with while it was made, the second never was.
    private func evaluate(systems: Int) {
        let environment = ProcessInfo.processInfo.environment
        let only = environment["PLIMSOLL_EVAL_CHECK_CELL"]
        let sets: [(String, UInt64)] =
            environment["PLIMSOLL_EVAL_CHECK_SEEN"] != nil ? [("", 1)] : [("", 2_026), ("_seen", 1)]
        for (suffix, seed) in sets {
            var study = DeployStudy()
            for cell in DeployStudy.cells + [DeployStudy.worst] where only == nil || only == cell.name {
                let isWorst = cell.name == DeployStudy.worst.name
                study.run(cell, systems: isWorst ? max(1, systems / 2) : systems, historyMinutes: 420, seed: seed)
            }
            study.report(title: suffix.isEmpty ? "seeds never tuned on" : "seeds seen while tuning")
            let worst = [DeployStudy.worst]
            let extra =
                suffix.isEmpty
                ? ",\"worst_cell_false_rate\":\(study.sum([.clean, .canaryClean], worst).rate),"
                    + "\"worst_cell_recall_25\":\(study.sum([.slower25, .canarySlower], worst).rate),"
                    + "\"worst_cell_recall_10\":\(study.sum([.slower10], worst).rate)" : ""
            print("FIGURES \(study.figures(suffix))\(extra)")
            #expect(study.precision >= 0.92)
            #expect(study.recall25 >= 0.99)
            #expect(study.recall10 >= 0.8)
            #expect(study.falseRate <= 0.05)
        }
    }
}

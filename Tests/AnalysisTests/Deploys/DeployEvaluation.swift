import Analysis
import Foundation
import TestSupport

/// What `scripts/eval-check` runs: many deploys on seeds that nothing was tuned on, and on those that were seen.
package struct DeployEvaluation {
    private let systems: Int
    private let environment = ProcessInfo.processInfo.environment

    package init(systems: Int) {
        self.systems = systems
    }

    /// - Returns: whether the wanted figures were reached.
    package func run() -> Bool {
        let sets: [(suffix: String, seed: UInt64)] =
            environment["PLIMSOLL_EVAL_CHECK_SEEN"] != nil ? [("_seen", 1)] : [("", 2_026), ("_seen", 1)]
        var isGood = true
        var figures: [String] = []
        for set in sets {
            if environment["PLIMSOLL_EVAL_CHECK_CELL"] != "morning" {
                let study = loads(seed: set.seed)
                study.report(title: set.suffix.isEmpty ? "seeds never tuned on" : "seeds seen while tuning")
                figures.append(study.figures(set.suffix))
                figures.append(study.worst("worst_cell", set.suffix))
                isGood = isGood && study.isGood
                let hour = worst(seed: set.seed)
                hour.report(title: "worst cell, an hour after" + set.suffix)
                figures.append(hour.worst("worst_cell_hour", set.suffix))
            }
            for isSeasonal in [true, false] {
                let study = mornings(isSeasonal: isSeasonal, seed: set.seed)
                let name = "_morning" + (isSeasonal ? "" : "_alone") + set.suffix
                study.report(title: name)
                figures.append(study.figures(name))
            }
        }
        print("RESULT {\(figures.joined(separator: ","))}")
        return isGood
    }

    private func loads(seed: UInt64) -> DeployStudy {
        let only = environment["PLIMSOLL_EVAL_CHECK_CELL"]
        var study = DeployStudy()
        for cell in DeployStudy.cells + [DeployStudy.worst] where only == nil || only == cell.name {
            let isWorst = cell.name == DeployStudy.worst.name
            study.run(cell, systems: isWorst ? max(1, systems / 2) : systems, historyMinutes: 420, seed: seed)
        }
        return study
    }

    /// The noisiest cell, looked at after half an hour and an hour: whether more time tells more.
    private func worst(seed: UInt64) -> DeployStudy {
        var study = DeployStudy()
        study.run(
            DeployStudy.worst,
            systems: max(1, systems / 2),
            historyMinutes: 780,
            looks: [32, 62],
            seed: seed ^ 0x40B2
        )
        return study
    }

    /// Deploys between half past eight and ten while the day begins, with and without the same hours of earlier days.
    private func mornings(isSeasonal: Bool, seed: UInt64) -> DeployStudy {
        var settings = DeployCheckSettings()
        if !isSeasonal { settings.seasonalDays = [] }
        var study = DeployStudy()
        for cell in DeployStudy.cells.dropFirst() {
            study.run(
                cell,
                systems: systems * 2,
                historyMinutes: 780,
                plan: DeployStudy.morningPlan,
                requestsPerSecond: 10,
                settings: settings,
                rhythm: DeployStudy.morning,
                seed: seed ^ 0x5EA5
            )
        }
        return study
    }
}

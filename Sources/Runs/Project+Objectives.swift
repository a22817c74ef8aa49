import Analysis
import Plans

extension Project {
    /// The plan whose stress tests know what must hold: their own `slo`, else the limits that judge them in the end.
    var planWithObjectives: TestPlan {
        var plan = plan
        for (index, test) in plan.tests.enumerated() {
            guard case .search(var search) = test.procedure, search.objectives.isEmpty else { continue }
            search.objectives = ResolvedLimits.objectives(of: test, in: plan, thresholds: thresholds)
            plan.tests[index].procedure = .search(search)
        }
        return plan
    }
}

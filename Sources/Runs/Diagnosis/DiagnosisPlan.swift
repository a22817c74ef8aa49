import Correlation
import Plans

/// The plan that stands behind traces nobody planned: one test an endpoint, without limits of its own.
struct DiagnosisPlan {
    let project: Project

    /// Endpoints in the order of `ObservedLoad.names`.
    init(module: String, endpoints: [String]) {
        let tests = endpoints.map { name in
            TestDefinition(
                type: .load,
                name: name,
                path: "/",
                rate: .constant(0, for: .zero),
                duration: .zero
            )
        }
        let plan = TestPlan(
            lineageID: module,
            moduleID: module,
            editionID: "default",
            target: TargetPlan(baseURL: ""),
            tests: tests
        )
        project = Project(plan: plan, directory: ".")
    }
}

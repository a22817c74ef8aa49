import Curl
import Plans

/// How to make the requests of a composite test, step by step.
struct FlowRecipe: Sendable {
    let steps: [FlowStep]
    /// One for each step.
    let requests: [RequestRecipe]
    /// Names of captured values; in flows they are known by their index.
    let variables: [String]

    /// `nil` for a test that is no flow.
    ///
    /// - Throws: `LoadError` as `RequestRecipe` does.
    init?(_ context: RecipeContext) throws(LoadError) {
        let steps = context.test.steps
        guard !steps.isEmpty else { return nil }
        var variables: [String] = []
        for capture in steps.flatMap(\.captures) where !variables.contains(capture.name) {
            variables.append(capture.name)
        }
        self.steps = steps
        self.variables = variables
        var requests: [RequestRecipe] = []
        for step in steps {
            requests.append(
                try RequestRecipe(RequestShape(step, of: context.plan.target, variables: variables), in: context)
            )
        }
        self.requests = requests
    }

    /// Number of a step's request, unique in the run: a flow's requests have numbers next to each other.
    func number(of step: Int, in arrival: Arrival) -> UInt64 {
        requests[0].firstNumber | (arrival.sequence * UInt64(steps.count) + UInt64(step))
    }
}

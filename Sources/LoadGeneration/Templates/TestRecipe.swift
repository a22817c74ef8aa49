import Plans

/// How to make all requests of a test.
enum TestRecipe: Sendable {
    /// Every arrival is one request.
    case request(RequestRecipe)
    /// Every arrival is a flow of several.
    case flow(FlowRecipe)

    /// - Throws: `LoadError` when the test cannot be turned into requests.
    init(_ context: RecipeContext) throws(LoadError) {
        if let flow = try FlowRecipe(context) {
            self = .flow(flow)
        } else {
            self = .request(try RequestRecipe(RequestShape(context.test, of: context.plan.target), in: context))
        }
    }
}

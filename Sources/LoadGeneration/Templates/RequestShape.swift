import Plans

/// What one request of a test looks like, before its templates are filled in: a whole test's, or that of a flow's step.
struct RequestShape: Sendable {
    var method: String
    var path: String
    /// Where the path counts from.
    var baseURL: String
    var headers: [HeaderField]
    var cookies: [HeaderField]
    var body: RequestBody?
    var timeout: Duration
    /// Whether answers are kept: for expectations, captures or cookies.
    var readsAnswers: Bool
    var keepsCookies: Bool
    /// Names by their index.
    var variables: [String]

    init(_ test: TestDefinition, of target: TargetPlan) {
        method = test.method
        path = test.path
        baseURL = test.origin ?? target.baseURL
        headers = test.headers
        cookies = test.cookies
        body = test.body
        timeout = test.timeout
        readsAnswers = test.expectation.readsBody
        keepsCookies = false
        variables = []
    }

    init(_ step: FlowStep, of target: TargetPlan, variables: [String]) {
        method = step.method
        path = step.path
        baseURL = step.origin ?? target.baseURL
        headers = step.headers
        cookies = step.cookies
        body = step.body
        timeout = step.timeout
        // Cookies of one step are sent with the next.
        readsAnswers = true
        keepsCookies = true
        self.variables = variables
    }
}

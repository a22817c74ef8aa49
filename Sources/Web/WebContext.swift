import Hummingbird

/// What belongs to one request.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// What the caller may do; set by `TokenGate` before any route runs.
    var scopes: Set<AccessScope> = []

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
    }
}

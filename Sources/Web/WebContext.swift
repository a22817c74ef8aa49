import Hummingbird

/// What belongs to one request.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Who asks; set by `TokenGate` before any route runs.
    var visitor = Visitor()
    /// Of one request's body, bytes.
    var maxUploadSize: Int { 1 << 20 }

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
    }
}

import Hummingbird

/// A page of the Studio, or several that belong together.
protocol StudioPages: Sendable {
    var frame: StudioFrame { get }
    func add(to router: Router<WebContext>)
}

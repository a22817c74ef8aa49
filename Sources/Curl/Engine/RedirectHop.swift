/// The next request that a redirecting answer asks for.
struct RedirectHop {
    var url: String
    /// Whether method and body are given up, as after `303 See Other`.
    var becomesGet: Bool
}

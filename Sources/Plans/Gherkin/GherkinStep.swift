/// One step, such as `When I POST /checkout`.
struct GherkinStep: Hashable {
    /// Without its keyword.
    var text: String
    /// What stands between `"""` below it.
    var document: String?
    var place: Place
}

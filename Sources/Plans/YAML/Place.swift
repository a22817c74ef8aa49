/// Where in a file, both from 1; columns count Unicode scalars.
struct Place: Hashable {
    var line: Int
    var column: Int
}

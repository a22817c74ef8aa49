/// The version that `--version`, artifacts and the generator's `User-Agent` show.
package enum PlimsollVersion {
    package static let current = "0.1.0"
}

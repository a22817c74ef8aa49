/// Why bytes are no pprof profile.
package enum PprofError: Error, Hashable, CustomStringConvertible {
    case malformed
    case outOfMemory
    /// The profile has no value of that name.
    case noSuchSampleType(String, known: [String])

    package var description: String {
        switch self {
        case .malformed: "no valid pprof profile"
        case .outOfMemory: "a pprof profile that is too large to decode"
        case .noSuchSampleType(let name, let known):
            "the profile has no value \"\(name)\"; it has \(known.joined(separator: ", "))"
        }
    }
}

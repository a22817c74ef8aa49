/// Why a check came to no answer, in one line.
package enum CheckFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no such deploy; the text says which.
    case unknownDeploy(String)
    /// The request says something that cannot be.
    case unusable(String)

    package var description: String {
        switch self {
        case .unknownDeploy(let which):
            "no deploy\(which.isEmpty ? "" : " of \(which)") is known: mark it with `plimsoll deploy --service S "
                + "--version V`, or say which service was deployed when"
        case .unusable(let reason): reason
        }
    }
}

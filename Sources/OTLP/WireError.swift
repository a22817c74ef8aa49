/// Why a message was refused as a whole; a single bad span never causes one.
package enum WireError: Error, Hashable {
    /// Not the protobuf message it should be: HTTP 400, INVALID_ARGUMENT.
    case malformed(String)
    /// Over one of `DecodingLimits`: HTTP 413, RESOURCE_EXHAUSTED.
    case tooLarge(String)
}

extension WireError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let reason): reason
        case .tooLarge(let reason): reason
        }
    }
}

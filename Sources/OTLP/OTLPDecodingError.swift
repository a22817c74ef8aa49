/// Why a whole OTLP request was refused; a single bad span never causes one.
package enum OTLPDecodingError: Error, Hashable {
    /// Not the protobuf message it should be: HTTP 400, INVALID_ARGUMENT.
    case malformed(String)
    /// Over one of `DecodingLimits`: HTTP 413, RESOURCE_EXHAUSTED.
    case tooLarge(String)
}

extension OTLPDecodingError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let reason): reason
        case .tooLarge(let reason): reason
        }
    }
}

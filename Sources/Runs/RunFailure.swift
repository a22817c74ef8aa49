package import Plans

/// Why a run ended without a report.
///
/// Each case has its exit code (`spec/contract.md` section 2, Gate).
package enum RunFailure: Error, Sendable {
    /// The project folder cannot be used.
    case badInput(ProjectError)
    /// An option names something that cannot be used, such as a damaged store.
    case badOption(String)
    /// The target could not be started, reached or found healthy, or a port is taken.
    case notCarriedOut(String)
    /// Ctrl-C before anything was measured.
    case interrupted

    package var exitCode: Int32 {
        switch self {
        case .badInput, .badOption: 2
        case .notCarriedOut: 3
        case .interrupted: 130
        }
    }

    /// One line a cause, for standard error.
    package var lines: [String] {
        switch self {
        case .badInput(let error): [error.description]
        case .badOption(let cause), .notCarriedOut(let cause): ["plimsoll: error: \(cause)"]
        case .interrupted: ["plimsoll: interrupted before anything was measured"]
        }
    }
}

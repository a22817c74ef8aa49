import Plans

/// Why a plan's test cannot be turned into requests; thrown before any load is sent.
package enum LoadError: Error, Sendable, Hashable, CustomStringConvertible {
    /// `test` is the test's name, `reason` one sentence without secrets.
    case invalidRequest(test: String, reason: String)
    case unknownTemplate(test: String, template: String)
    case emptySchedule(test: String)
    /// The machine refused what a generator thread needs, such as an epoll descriptor.
    case unavailable(String)

    package var description: String {
        switch self {
        case .invalidRequest(let test, let reason):
            "\(test): \(reason)"
        case .unknownTemplate(let test, let template):
            "\(test): unknown template {{\(template)}}; expected \(TemplateText.known)"
        case .emptySchedule(let test):
            "\(test): the rate and duration give no request at all"
        case .unavailable(let reason):
            reason
        }
    }
}

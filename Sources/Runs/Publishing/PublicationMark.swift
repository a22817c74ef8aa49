import Curl

/// An HTML comment, which readers do not see, by which Plimsoll finds what it wrote before.
///
/// Ids stand in it percent-encoded, so that two of them never look alike and none can end the comment.
enum PublicationMark {
    static func text(_ ids: String...) -> String {
        "<!-- plimsoll \(ids.map(PercentEncoding.text).joined(separator: " ")) -->"
    }

    /// Whether a body begins with exactly this mark.
    static func isOwn(_ body: String?, mark: String) -> Bool { body?.hasPrefix(mark) ?? false }
}

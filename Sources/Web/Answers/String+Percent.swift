import Foundation

extension StringProtocol {
    /// A part of a path as it was meant; itself where it is no percent encoding.
    var removingPercent: String { removingPercentEncoding ?? String(self) }
}

/// Who carries the transfers of a loop.
package enum TransferEngine: String, Sendable, Hashable, CaseIterable {
    /// `PlainLoop` for requests that need nothing of libcurl, libcurl for all others.
    case fastest
    case libcurl
}

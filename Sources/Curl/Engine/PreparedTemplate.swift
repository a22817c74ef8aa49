import CLibcurl

/// A template in the form libcurl reads it: lists and bytes that many transfers point to.
///
/// Must outlive every transfer it was applied to.
final class PreparedTemplate {
    let template: TransferTemplate
    let headers: HeaderLines
    let body: UnsafeMutableBufferPointer<UInt8>
    /// For `CURLOPT_RESOLVE`; without lines when nothing is pinned.
    let resolve: HeaderLines

    init(_ template: TransferTemplate) {
        self.template = template
        headers = HeaderLines((template.headers + Transfer.expectHeader(unless: template.headers)).map(\.line))
        body = .allocate(capacity: template.body.count)
        _ = body.initialize(from: template.body)
        resolve = HeaderLines(template.address.map { [$0.entry] } ?? [])
    }

    deinit { body.deallocate() }
}

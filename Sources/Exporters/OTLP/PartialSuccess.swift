import OTLP

/// What the body of a 200 says about spans the receiver would not have: OTLP's `partial_success`.
struct PartialSuccess: Hashable {
    /// Such spans are lost: a client must not send them again.
    var rejectedSpans = 0
    var reason = ""

    /// Reads an `ExportTraceServiceResponse` in protobuf; what cannot be read counts as full success.
    ///
    /// The request was answered 200, so an unexpected body is no reason to call its spans lost.
    init(response body: [UInt8]) {
        body.withUnsafeBytes { bytes in
            var reader = WireReader(bytes)
            while let field = try? reader.next() {
                guard field.number == 1, let message = try? field.message() else { continue }
                read(message)
            }
        }
    }

    private mutating func read(_ message: UnsafeRawBufferPointer) {
        var reader = WireReader(message)
        while let field = try? reader.next() {
            switch field.number {
            case 1: rejectedSpans = Int(clamping: (try? field.signed()) ?? 0)
            case 2: reason = String(decoding: field.bytes, as: UTF8.self)
            default: continue
            }
        }
    }
}

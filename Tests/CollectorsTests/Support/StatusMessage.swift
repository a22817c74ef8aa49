/// `google.rpc.Status`, read by hand so that the test does not trust the code it tests.
struct StatusMessage: Hashable {
    var code = 0
    var message = ""

    /// `nil` when the bytes are not a `Status`.
    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while let tag = rest.popFirst() {
            switch tag {
            case 0x08:
                guard let value = Self.varint(&rest) else { return nil }
                code = value
            case 0x12:
                guard let length = Self.varint(&rest), length <= rest.count else { return nil }
                guard let text = String(validating: rest.prefix(length), as: UTF8.self) else { return nil }
                message = text
                rest = rest.dropFirst(length)
            default:
                return nil
            }
        }
    }

    private static func varint(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        var value = 0
        for shift in stride(from: 0, to: 63, by: 7) {
            guard let byte = bytes.popFirst() else { return nil }
            value |= Int(byte & 0x7f) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}

/// `ExportTraceServiceResponse.partial_success`, read by hand.
struct PartialSuccessMessage: Hashable {
    var rejectedSpans = 0
    var message = ""

    /// `nil` for an empty response, which means full success, and for anything else.
    init?(_ bytes: [UInt8]) {
        // Field 1 holds {rejected_spans = 1, error_message = 2}: the layout of `Status` with another name.
        guard bytes.first == 0x0a, bytes.count > 1 else { return nil }
        guard let length = bytes.dropFirst().firstIndex(where: { $0 < 0x80 }) else { return nil }
        guard let inner = StatusMessage(Array(bytes[(length + 1)...])) else { return nil }
        rejectedSpans = inner.code
        message = inner.message
    }
}

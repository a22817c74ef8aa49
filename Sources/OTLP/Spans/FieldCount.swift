/// How many fields a span or resource has, counted before anything is allocated for them.
struct FieldCount {
    private(set) var total = 0
    private(set) var attributes = 0

    init(_ message: UnsafeRawBufferPointer, attributeField: UInt32) throws(OTLPDecodingError) {
        var reader = WireReader(message)
        while let field = try reader.next() {
            total += 1
            if field.number == attributeField { attributes += 1 }
        }
    }
}

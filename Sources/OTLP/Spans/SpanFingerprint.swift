/// Bytes that are equal only for spans whose descriptions are equal: a cache key that needs no strings.
struct SpanFingerprint {
    private(set) var bytes: [UInt8] = []

    mutating func reset() { bytes.removeAll(keepingCapacity: true) }

    mutating func append(_ number: Int) {
        withUnsafeBytes(of: Int64(number)) { bytes.append(contentsOf: $0) }
    }

    /// With its length, so that neighbours cannot run into one another.
    mutating func append(_ content: UnsafeRawBufferPointer) {
        append(content.count)
        bytes.append(contentsOf: content)
    }

    mutating func append(key: Int, _ value: WireValue) {
        append(key << 3 | value.typeNumber)
        value.withBytes { append($0) }
    }
}

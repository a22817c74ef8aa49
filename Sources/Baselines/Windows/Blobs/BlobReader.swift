/// The bytes of a blob → numbers and texts; every step is checked against the end, and every count against a limit.
///
/// Valid as long as the buffer that it reads.
struct BlobReader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var remaining: Int { bytes.count - position }

    @inline(__always)
    mutating func byte() throws(BlobDamage) -> UInt8 {
        guard position < bytes.count else { throw BlobReader.cutOff }
        defer { position += 1 }
        return bytes[position]
    }

    @inline(__always)
    mutating func number() throws(BlobDamage) -> UInt64 {
        let first = try byte()
        return first < 0x80 ? UInt64(first) : try longNumber(UInt64(first & 0x7f))
    }

    private mutating func longNumber(_ start: UInt64) throws(BlobDamage) -> UInt64 {
        var value = start
        var shift: UInt64 = 7
        while true {
            let next = try byte()
            guard shift < 63 || (shift == 63 && next <= 1) else { throw BlobDamage("a number has too many bytes") }
            value |= UInt64(next & 0x7f) << shift
            if next < 0x80 { return value }
            shift += 7
        }
    }

    /// A number that is no more than `limit`.
    @inline(__always)
    mutating func number(atMost limit: Int) throws(BlobDamage) -> Int {
        let value = try number()
        guard value <= UInt64(limit) else { throw BlobDamage("a number is \(value), expected \(limit) at most") }
        return Int(value)
    }

    /// How many items follow, each of which takes a byte or more: never more than there are bytes for.
    mutating func count(atMost limit: Int) throws(BlobDamage) -> Int {
        let count = try number(atMost: limit)
        guard count <= remaining else { throw BlobReader.cutOff }
        return count
    }

    mutating func double() throws(BlobDamage) -> Double {
        guard remaining >= 8 else { throw BlobReader.cutOff }
        defer { position += 8 }
        return Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)))
    }

    mutating func slice(_ count: Int) throws(BlobDamage) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= remaining else { throw BlobReader.cutOff }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }

    /// Reads the first byte, which tells the format.
    mutating func expectVersion(_ expected: UInt8) throws(BlobDamage) {
        let version = try byte()
        guard version == expected else { throw BlobDamage("its format is \(version), this Plimsoll reads \(expected)") }
    }

    func expectEnd() throws(BlobDamage) {
        guard remaining == 0 else { throw BlobDamage("\(remaining) bytes follow its end") }
    }

    private static let cutOff = BlobDamage("it is cut off")
}

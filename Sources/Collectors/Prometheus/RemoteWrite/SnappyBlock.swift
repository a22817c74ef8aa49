/// Decompresses the block format of Snappy, which remote write uses (no frames, no checksum).
package enum SnappyBlock {
    package enum Failure: Error, Hashable {
        case malformed
        /// The block declares more than the limit; nothing was allocated for it.
        case tooLarge
    }

    /// The length the block declares; `nil` when it does not begin with one.
    ///
    /// It is the sender's word: check it before allocating for it (CVE-2026-42154).
    package static func declaredLength(of block: [UInt8]) -> Int? {
        var cursor = block[...]
        return length(&cursor)
    }

    /// The decompressed bytes, exactly as many as declared and at most `limit`.
    package static func decompress(_ block: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
        var rest = block[...]
        guard let length = length(&rest) else { throw .malformed }
        guard length <= limit else { throw .tooLarge }
        // No element makes more than 64 bytes out of its two or more.
        guard length <= rest.count * 64 else { throw .malformed }
        var output: [UInt8] = []
        output.reserveCapacity(length)
        while let tag = rest.popFirst() {
            switch tag & 3 {
            case 0: try literal(tag, &rest, into: &output, length: length)
            case 1:
                let low = try number(1, &rest)
                try copy(Int(tag >> 2 & 7) + 4, from: Int(tag >> 5) << 8 | low, into: &output, length: length)
            case 2: try copy(Int(tag >> 2) + 1, from: try number(2, &rest), into: &output, length: length)
            default: try copy(Int(tag >> 2) + 1, from: try number(4, &rest), into: &output, length: length)
            }
        }
        guard output.count == length else { throw .malformed }
        return output
    }

    private static func length(_ rest: inout ArraySlice<UInt8>) -> Int? {
        var value = 0
        for shift in stride(from: 0, through: 28, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            value |= Int(byte & 0x7f) << shift
            if byte < 0x80 { return value <= Int(UInt32.max) ? value : nil }
        }
        return nil
    }

    private static func literal(
        _ tag: UInt8,
        _ rest: inout ArraySlice<UInt8>,
        into output: inout [UInt8],
        length: Int
    ) throws(Failure) {
        let short = Int(tag >> 2)
        let count = (short < 60 ? short : try number(short - 59, &rest)) + 1
        guard count <= rest.count, count <= length - output.count else { throw .malformed }
        output += rest.prefix(count)
        rest = rest.dropFirst(count)
    }

    /// Repeats output; where it reaches into itself, what it just wrote is repeated too.
    private static func copy(
        _ count: Int,
        from offset: Int,
        into output: inout [UInt8],
        length: Int
    ) throws(Failure) {
        guard offset > 0, offset <= output.count, count <= length - output.count else { throw .malformed }
        let start = output.count - offset
        if offset >= count {
            output += output[start..<start + count]
        } else {
            for index in start..<start + count { output.append(output[index]) }
        }
    }

    private static func number(_ bytes: Int, _ rest: inout ArraySlice<UInt8>) throws(Failure) -> Int {
        guard rest.count >= bytes else { throw .malformed }
        let value = rest.prefix(bytes).reversed().reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(bytes)
        return value
    }
}

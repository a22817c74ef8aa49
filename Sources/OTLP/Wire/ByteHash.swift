/// A seeded hash of bytes in the manner of wyhash: a folded 64 × 64 → 128 bit multiplication for every 16 bytes.
///
/// Both factors are mixed with what only this process knows, or a sender could make one of them zero.
enum ByteHash {
    @inline(__always)
    static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
        let count = bytes.count
        guard let start = bytes.baseAddress, count > 0 else { return mix(seed, 0x8EBC_6AF0_9C88_C6E3) }
        let secret = seed &* 0xA076_1D64_78BD_642F
        var hash = seed
        var index = 0
        while index + 16 < count {
            hash = mix(word(start + index) ^ secret, word(start + (index + 8)) ^ hash)
            index += 16
        }
        // The last 16 bytes or fewer, some of them again: cheaper than putting the odd ones together.
        let (first, second): (UInt64, UInt64)
        if count >= 16 {
            (first, second) = (word(start + (count - 16)), word(start + (count - 8)))
        } else if count >= 8 {
            (first, second) = (word(start), word(start + (count - 8)))
        } else if count >= 4 {
            (first, second) = (half(start), half(start + (count - 4)))
        } else {
            // One to three bytes: the first, the middle and the last.
            (first, second) = (UInt64(bytes[0]) | UInt64(bytes[count >> 1]) << 8 | UInt64(bytes[count - 1]) << 16, 0)
        }
        hash = mix(first ^ secret, second ^ hash)
        return mix(hash ^ UInt64(count), 0x8EBC_6AF0_9C88_C6E3)
    }

    /// What `memcmp` would say, without the call: most of what is compared is a few words long.
    @inline(__always)
    static func isEqual(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, count: Int) -> Bool {
        var index = 0
        while index + 8 <= count {
            guard word(left + index) == word(right + index) else { return false }
            index += 8
        }
        if index == count { return true }
        // The last 8 bytes again, where there are as many.
        if count >= 8 { return word(left + (count - 8)) == word(right + (count - 8)) }
        while index < count {
            guard left.load(fromByteOffset: index, as: UInt8.self) == right.load(fromByteOffset: index, as: UInt8.self)
            else { return false }
            index += 1
        }
        return true
    }

    @inline(__always)
    private static func word(_ address: UnsafeRawPointer) -> UInt64 { address.loadUnaligned(as: UInt64.self) }

    @inline(__always)
    private static func half(_ address: UnsafeRawPointer) -> UInt64 {
        UInt64(address.loadUnaligned(as: UInt32.self))
    }

    @inline(__always)
    private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}

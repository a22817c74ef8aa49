/// A seeded hash of bytes in the manner of wyhash: a folded 64 × 64 → 128 bit multiplication for every 8 bytes.
enum ByteHash {
    @inline(__always)
    static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
        var hash = seed
        let count = bytes.count
        var index = 0
        while index + 8 <= count {
            hash = mix(hash ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self), 0xA076_1D64_78BD_642F)
            index += 8
        }
        if index < count {
            var tail: UInt64 = 0
            if count >= 8 {
                // The last 8 bytes again: cheaper than putting the odd ones together.
                tail = bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            } else {
                while index < count {
                    tail = tail << 8 | UInt64(bytes[index])
                    index += 1
                }
            }
            hash = mix(hash ^ tail, 0xE703_7ED1_A0B4_28DB)
        }
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
    private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}

import CZlib

/// What a client's compressor makes of a body.
enum Compressed {
    static func gzip(_ bytes: [UInt8]) -> [UInt8] { deflate(bytes, windowBits: 15 + 16) }

    static func zlib(_ bytes: [UInt8]) -> [UInt8] { deflate(bytes, windowBits: 15) }

    private static func deflate(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
        // zlib keeps the address of the stream, so it must not be a local that may move.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        precondition(czlib_deflate_init(stream, windowBits) == Z_OK)
        defer {
            deflateEnd(stream)
            stream.deallocate()
        }
        var input = bytes
        let capacity = Int(deflateBound(stream, UInt(bytes.count)))
        return input.withUnsafeMutableBufferPointer { source in
            [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
                stream.pointee.next_in = source.baseAddress
                stream.pointee.avail_in = UInt32(source.count)
                stream.pointee.next_out = target.baseAddress
                stream.pointee.avail_out = UInt32(capacity)
                precondition(CZlib.deflate(stream, Z_FINISH) == Z_STREAM_END)
                count = capacity - Int(stream.pointee.avail_out)
            }
        }
    }
}

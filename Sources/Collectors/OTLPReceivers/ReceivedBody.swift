import NIOCore

/// A whole request body: as it came, which is usually in one piece that need not be copied, or inflated.
enum ReceivedBody {
    case plain(ByteBuffer)
    case inflated([UInt8])

    var bytes: [UInt8] {
        switch self {
        case .plain(let buffer): Array(buffer.readableBytesView)
        case .inflated(let bytes): bytes
        }
    }

    func withBytes<Value>(
        _ body: (UnsafeRawBufferPointer) throws(Refusal) -> Value
    ) throws(Refusal) -> Value {
        let bytes: [UInt8]
        switch self {
        case .plain(let buffer): return try buffer.withUnsafeReadableBytes(body)
        case .inflated(let inflated): bytes = inflated
        }
        // `withUnsafeBytes` of an array rethrows untyped, so the typed error travels as a result.
        let result: Result<Value, Refusal> = bytes.withUnsafeBytes { bytes in
            do throws(Refusal) { return .success(try body(bytes)) } catch { return .failure(error) }
        }
        return try result.get()
    }
}

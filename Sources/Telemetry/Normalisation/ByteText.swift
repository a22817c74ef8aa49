/// Text as the bytes that came, in place; read by ASCII rules only, so it need not be valid UTF-8.
typealias ByteText = Slice<UnsafeBufferPointer<UInt8>>

extension String {
    /// Calls `body` with the text's bytes.
    func withBytes<Result>(_ body: (ByteText) -> Result) -> Result {
        var text = self
        return text.withUTF8 { body($0[...]) }
    }
}

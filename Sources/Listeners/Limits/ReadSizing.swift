package import NIOCore

/// Lets a connection be read in large pieces: exports are hundreds of kilobytes, and every piece costs its way through
/// the pipeline and, over HTTP/1, a change of threads.
package enum ReadSizing {
    /// Begins small and doubles with every full read.
    package static var allocator: any RecvByteBufferAllocator {
        AdaptiveRecvByteBufferAllocator(minimum: 4 << 10, initial: 64 << 10, maximum: 1 << 20)
    }
}

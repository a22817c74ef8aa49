import NIOCore

/// Lets a connection be read in large pieces: exports are hundreds of kilobytes, and every piece costs its way through
/// the pipeline and, over HTTP/1, a change of threads.
final class ReadSizing: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    /// Begins small and doubles with every full read.
    static var allocator: any RecvByteBufferAllocator {
        AdaptiveRecvByteBufferAllocator(minimum: 4 << 10, initial: 64 << 10, maximum: 1 << 20)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        // Fails only on a connection that is closed already.
        context.channel.setOption(ChannelOptions.recvAllocator, value: ReadSizing.allocator).whenFailure { _ in }
    }
}

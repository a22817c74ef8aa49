import NIOCore
import NIOHTTP2

/// Closes a connection that broke the rules of HTTP/2, or on which nothing came for too long.
final class GRPCConnectionEnd: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        // One stream's fault, and a stream that a client opened before it knew that we are leaving.
        case is NIOHTTP2Errors.StreamError, is NIOHTTP2Errors.NoSuchStream: break
        default: context.close(promise: nil)
        }
    }
}

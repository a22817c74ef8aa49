import NIOCore
import NIOHTTPTypes

/// Tells `OpenConnections` when requests of an HTTP/1 connection begin and end, and closes it where the first one takes
/// too long to say what it wants.
///
/// Stands behind the HTTP decoder, so bytes that never become a header do not count as something said. Later requests
/// of the same connection are under its idle timeout.
final class RequestMarks: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let connections: OpenConnections
    private var deadline: Scheduled<Void>?

    init(connections: OpenConnections) {
        self.connections = connections
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: TimeAmount(connections.limits.headerTimeout)) {
            channel.close(promise: nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) {
            endDeadline()
            connections.beginRequest(on: context.channel)
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let isEnd = if case .end = unwrapOutboundIn(data) { true } else { false }
        context.write(data, promise: promise)
        if isEnd { connections.endRequest(on: context.channel) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        endDeadline()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { endDeadline() }

    private func endDeadline() {
        deadline?.cancel()
        deadline = nil
    }
}

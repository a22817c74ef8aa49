import Hummingbird
import NIOCore

/// Closes a connection whose peer has too many, and one that says nothing in time.
///
/// Stands behind the HTTP decoder, so bytes that never become a header do not count as something said. Later requests
/// of the same connection are under its idle timeout.
final class ConnectionGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny
    typealias InboundOut = NIOAny

    private let peers: PeerCounts
    private let headerTimeout: TimeAmount
    private var peer: String?
    private var deadline: Scheduled<Void>?

    init(peers: PeerCounts, headerTimeout: TimeAmount) {
        self.peers = peers
        self.headerTimeout = headerTimeout
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { begin(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        deadline?.cancel()
        deadline = nil
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard peer == nil else { return }
        let address = context.remoteAddress?.ipAddress ?? "?"
        guard peers.open(address) else {
            context.close(promise: nil)
            return
        }
        peer = address
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: headerTimeout) { channel.close(promise: nil) }
    }

    private func end() {
        deadline?.cancel()
        deadline = nil
        if let peer { peers.close(peer) }
        peer = nil
    }
}

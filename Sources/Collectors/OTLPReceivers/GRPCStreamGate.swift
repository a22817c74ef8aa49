import NIOCore
import NIOHPACK
import NIOHTTP2

/// Stands before gRPC on every HTTP/2 stream: access before anything is read, then the budget and the time for the body.
///
/// gRPC itself collects a message without asking anyone. A refused stream is answered with trailers alone, and what
/// still comes on it is thrown away. Lives on the stream's event loop.
final class GRPCStreamGate: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private let settings: ReceiverSettings
    private let counters: ReceiverCounters
    private var held: InFlightBudget.Claim
    private var bytes = 0
    private var isRefused = false
    private var deadline: Scheduled<Void>?

    init(settings: ReceiverSettings, budget: InFlightBudget, counters: ReceiverCounters) {
        self.settings = settings
        self.counters = counters
        held = budget.claim()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isRefused { return }
        switch unwrapInboundIn(data) {
        case .headers(let headers):
            guard settings.access.admits(headers.headers.first(name: "authorization")) else {
                return refuse(
                    Refusal(
                        reason: .unauthenticated,
                        message: "no access: set OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20TOKEN"
                    ),
                    context
                )
            }
            if headers.endStream { finish() } else { startDeadline(context) }
        case .data(let data):
            bytes += data.data.readableBytes
            counters.countWireBytes(data.data.readableBytes)
            guard held.grow(to: bytes) else {
                let message = "too many bytes are in flight over all connections: retry in a second"
                return refuse(Refusal(reason: .overloaded, message: message), context)
            }
            if data.endStream { finish() }
        default: break
        }
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish()
        held.release()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        finish()
        held.release()
    }

    private func startDeadline(_ context: ChannelHandlerContext) {
        let limit = settings.bodyTimeout.components
        let bound = NIOLoopBound((gate: self, context: context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(
            in: .seconds(limit.seconds) + .nanoseconds(limit.attoseconds / 1_000_000_000)
        ) {
            let (gate, context) = bound.value
            let message = "the body took longer than \(gate.settings.bodyTimeout) to arrive"
            gate.refuse(Refusal(reason: .slowBody, message: message), context)
        }
    }

    private func finish() {
        deadline?.cancel()
        deadline = nil
    }

    private func refuse(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        guard !isRefused else { return }
        isRefused = true
        finish()
        held.release()
        counters.countRefusal(refusal.reason)
        let trailers: HPACKHeaders = [
            ":status": "200",
            "content-type": "application/grpc",
            "grpc-status": "\(refusal.reason.statusCode)",
            "grpc-message": refusal.message,
            "grpc-status-details-bin": Base64.text(refusal.grpcDetails),
        ]
        let frame = HTTP2Frame.FramePayload.headers(.init(headers: trailers, endStream: true))
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(frame)).whenComplete { _ in bound.value.close(promise: nil) }
    }
}

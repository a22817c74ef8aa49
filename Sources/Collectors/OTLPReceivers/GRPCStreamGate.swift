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
    private var body: GRPCBody?
    private var bytes = 0
    private var isRefused = false
    /// Whether the client has said all it had to say.
    private var isComplete = false
    private var deadline: Scheduled<Void>?

    init(settings: ReceiverSettings, budget: InFlightBudget, counters: ReceiverCounters) {
        self.settings = settings
        self.counters = counters
        held = budget.claim()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isRefused { return }
        do throws(Refusal) {
            switch unwrapInboundIn(data) {
            case .headers(let headers):
                isComplete = headers.endStream
                try pass(headers, context)
            case .data(let data):
                isComplete = data.endStream
                try pass(data, context)
            default: context.fireChannelRead(data)
            }
        } catch {
            refuse(error, context)
        }
    }

    private func pass(
        _ headers: HTTP2Frame.FramePayload.Headers,
        _ context: ChannelHandlerContext
    ) throws(Refusal) {
        guard settings.access.admits(headers.headers.first(name: "authorization")) else {
            throw Refusal(
                reason: .unauthenticated,
                message: "no access: set OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20TOKEN"
            )
        }
        guard let body = GRPCBody(encoding: headers.headers.first(name: "grpc-encoding"), limit: settings.bodyBytes)
        else {
            throw Refusal(
                reason: .unsupportedCompression,
                message: "this grpc-encoding is not supported: set OTEL_EXPORTER_OTLP_COMPRESSION to gzip or none"
            )
        }
        self.body = consume body
        if headers.endStream { finish() } else { startDeadline(context) }
        var plain = headers
        plain.headers.remove(name: "grpc-encoding")
        context.fireChannelRead(wrapInboundOut(.headers(plain)))
    }

    private func pass(_ data: HTTP2Frame.FramePayload.Data, _ context: ChannelHandlerContext) throws(Refusal) {
        guard case .byteBuffer(let buffer) = data.data else { return }
        bytes += buffer.readableBytes
        counters.countWireBytes(buffer.readableBytes)
        guard held.grow(to: bytes) else { throw .overloaded }
        guard var body = body.take() else { return }
        var passed = ByteBuffer()
        var refusal: Refusal?
        do throws(Refusal) {
            passed = try body.pass(buffer) { held.grow(to: bytes + $0) }
        } catch {
            refusal = error
        }
        self.body = consume body
        if let refusal { throw refusal }
        if data.endStream { finish() }
        guard passed.readableBytes > 0 || data.endStream else { return }
        var plain = data
        plain.data = .byteBuffer(passed)
        context.fireChannelRead(wrapInboundOut(.data(plain)))
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
        var trailers: HPACKHeaders = [
            ":status": "200",
            "content-type": "application/grpc",
            "grpc-status": "\(refusal.reason.grpcStatus)",
            "grpc-message": refusal.message,
            "grpc-status-details-bin": Base64.text(refusal.grpcDetails),
        ]
        if refusal.reason == .unsupportedCompression {
            trailers.add(name: "grpc-accept-encoding", value: ContentCoding.supported)
        }
        let frame = HTTP2Frame.FramePayload.headers(.init(headers: trailers, endStream: true))
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
        // What a client makes of a stream that is reset for any other reason is a cancelled call: it would try again.
        if !isComplete { context.writeAndFlush(wrapOutboundOut(.rstStream(.noError)), promise: nil) }
    }
}

import NIOCore
import NIOHPACK
import NIOHTTP2
import OTLP

/// One HTTP/2 stream, which is one gRPC call: an OTLP export, answered where its last bytes arrive.
///
/// Access, path and compression are checked before anything is read; then the budget and the time for the body. The
/// message is decoded on the stream's event loop, of which there is one a core: there is nothing to wait for. A refused
/// call is answered with trailers alone, and what still comes on it is thrown away.
final class GRPCExportStream: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private let service: ExportService
    private let settings: ReceiverSettings
    private var held: InFlightBudget.Claim
    private var signal = Signal.traces
    /// What came so far; `nil` before the headers and after the answer.
    private var message: GRPCMessage?
    private var wireBytes = 0
    private var isAnswered = false
    /// Whether the client has said all it had to say.
    private var isComplete = false
    private var deadline: Scheduled<Void>?

    private static let head: HPACKHeaders = [":status": "200", "content-type": "application/grpc"]

    init(service: ExportService, settings: ReceiverSettings, budget: InFlightBudget) {
        self.service = service
        self.settings = settings
        held = budget.claim()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isAnswered { return }
        do throws(Refusal) {
            switch unwrapInboundIn(data) {
            case .headers(let headers):
                isComplete = headers.endStream
                // A client has no trailers to send; if it does, they are its way to end the call.
                if message == nil { try begin(headers.headers, context) }
            case .data(let data):
                isComplete = data.endStream
                try take(data)
            default: return
            }
            if isComplete, !isAnswered { try answer(context) }
        } catch {
            refuse(error, context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The peer broke the rules of HTTP/2 on this stream.
        context.close(promise: nil)
    }

    private func begin(_ headers: HPACKHeaders, _ context: ChannelHandlerContext) throws(Refusal) {
        if let answer = GRPCRequestHead.answer(toOther: headers) { return endCall(with: answer, context) }
        let head = try GRPCRequestHead(headers, credentials: settings.credentials)
        signal = head.signal
        message = GRPCMessage(coding: head.coding, limit: settings.bodyBytes)
        if !isComplete { startDeadline(head.timeout, context) }
    }

    private func take(_ data: HTTP2Frame.FramePayload.Data) throws(Refusal) {
        guard case .byteBuffer(let buffer) = data.data else { return }
        wireBytes += buffer.readableBytes
        service.counters.countWireBytes(buffer.readableBytes)
        guard held.grow(to: wireBytes) else { throw .overloaded }
        try message?.take(buffer) { held.grow(to: wireBytes + $0) }
    }

    private func answer(_ context: ChannelHandlerContext) throws(Refusal) {
        guard let message = message.take() else { return }
        let outcome = try message.finish { bytes throws(Refusal) in try service.export(bytes, signal, .protobuf) }
        isAnswered = true
        end()
        let body = ExportResponse.success(signal, .protobuf, rejected: outcome.rejected, reason: outcome.reason)
        var buffer = context.channel.allocator.buffer(capacity: 5 + body.count)
        buffer.writeInteger(UInt8(0))
        buffer.writeInteger(UInt32(body.count))
        buffer.writeBytes(body)
        context.write(wrapOutboundOut(.headers(.init(headers: Self.head))), promise: nil)
        context.write(wrapOutboundOut(.data(.init(data: .byteBuffer(buffer)))), promise: nil)
        let trailers = HTTP2Frame.FramePayload.headers(.init(headers: GRPCTrailers.ok, endStream: true))
        context.writeAndFlush(wrapOutboundOut(trailers), promise: nil)
    }

    private func refuse(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        guard !isAnswered else { return }
        service.counters.countRefusal(refusal.reason)
        endCall(with: GRPCTrailers.refusal(refusal), context)
    }

    private func endCall(with headers: HPACKHeaders, _ context: ChannelHandlerContext) {
        isAnswered = true
        end()
        let frame = HTTP2Frame.FramePayload.headers(.init(headers: headers, endStream: true))
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
        // What a client makes of a stream that is reset for any other reason is a cancelled call: it would try again.
        if !isComplete { context.writeAndFlush(wrapOutboundOut(.rstStream(.noError)), promise: nil) }
    }

    private func startDeadline(_ timeout: TimeAmount?, _ context: ChannelHandlerContext) {
        let limit = min(timeout ?? .nanoseconds(.max), TimeAmount(settings.bodyTimeout))
        let bound = NIOLoopBound((stream: self, context: context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: limit) {
            let (stream, context) = bound.value
            let limit = Duration.nanoseconds(limit.nanoseconds)
            stream.refuse(Refusal(reason: .slowBody, message: "the body took longer than \(limit) to arrive"), context)
        }
    }

    /// Gives back what is held; called again it does nothing.
    private func end() {
        deadline?.cancel()
        deadline = nil
        message = nil
        held.release()
    }
}

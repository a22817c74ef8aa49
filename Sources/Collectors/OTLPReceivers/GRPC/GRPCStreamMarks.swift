import Listeners
import NIOCore
import NIOHTTP2

/// Tells `OpenConnections` when streams of an HTTP/2 connection begin and end.
///
/// Called on the connection's event loop.
struct GRPCStreamMarks: NIOHTTP2StreamDelegate {
    let connections: OpenConnections
    let channel: any Channel
    let next: any NIOHTTP2StreamDelegate

    func streamCreated(_ id: HTTP2StreamID, channel stream: any Channel) {
        connections.beginRequest(on: channel)
        next.streamCreated(id, channel: stream)
    }

    func streamClosed(_ id: HTTP2StreamID, channel stream: any Channel) {
        connections.endRequest(on: channel)
        next.streamClosed(id, channel: stream)
    }
}

import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Runs

/// Server-sent events of a queued run: `progress`, `note` and at last `end`, with numbers to go on from.
enum EventStream {
    /// Keeps proxies from closing a connection on which nothing happens.
    private static let heartbeat: Duration = .seconds(15)

    private struct Message: Encodable {
        let text: String
        let share: Double?
    }

    static func response(_ events: AsyncStream<RunQueueEvent>) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: "retry: 3000\n\n"))
                for await text in texts(events) {
                    try await writer.write(ByteBuffer(string: text))
                }
                try await writer.finish(nil)
            }
        )
    }

    /// Events and heartbeats as they go over the wire, until the last event.
    private static func texts(_ events: AsyncStream<RunQueueEvent>) -> AsyncStream<String> {
        AsyncStream(bufferingPolicy: .bufferingNewest(256)) { continuation in
            let beating = Task {
                while !Task.isCancelled {
                    try? await Task.sleep(for: heartbeat)
                    continuation.yield(": still here\n\n")
                }
            }
            let telling = Task {
                for await event in events { continuation.yield(text(of: event)) }
                continuation.finish()
            }
            continuation.onTermination = { _ in
                beating.cancel()
                telling.cancel()
            }
        }
    }

    static func text(of event: RunQueueEvent) -> String {
        // One line of JSON: no text of a target can end the event early.
        let data = (try? Answer.encode(Message(text: event.text, share: event.share))) ?? Array("{}".utf8)
        return "id: \(event.number)\nevent: \(event.kind.rawValue)\ndata: \(String(decoding: data, as: UTF8.self))\n\n"
    }
}

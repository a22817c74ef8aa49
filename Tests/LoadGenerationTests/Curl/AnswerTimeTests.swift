import Curl
import Foundation
import TestSupport
import Testing

/// When an answer counts as having come.
@Suite struct AnswerTimeTests {
    @Test func `an answer that is read late ended when the kernel took it in`() throws {
        let server = try LoopbackServer { .answer(body: $0.body) }
        defer { server.stop() }
        let template = TransferTemplate(
            method: "GET",
            url: server.url,
            timeout: .seconds(10),
            // Without one, libcurl carries the request, and it reads the clock itself.
            address: PinnedAddress(try TargetURL(server.url))
        )
        let loop = try TransferLoop(capacity: 1, template: template, waker: LoopWaker())
        // The kernel begins to stamp packets a moment after it is first asked to.
        usleep(50_000)
        for _ in 1...4 {
            let slot = try #require(loop.takeSlot())
            let sentAt = MonotonicClock.now()
            try loop.start(slot)
            // The first request has to connect before it leaves.
            loop.turn(until: MonotonicClock.now() + 20_000_000)
            // The generator's thread does not get the processor for a while.
            usleep(300_000)
            let wokeAt = MonotonicClock.now()
            while true {
                if let result = loop.nextResult() {
                    #expect(result.failure == nil && result.status == 200)
                    #expect(result.finishedAt < wokeAt, "it came \(result.finishedAt - sentAt) ns after it was sent")
                    #expect(result.finishedAt >= sentAt)
                    break
                }
                loop.turn(until: MonotonicClock.now() + 5_000_000_000)
            }
        }
    }
}

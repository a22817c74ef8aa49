import Collectors
import Curl
import Listeners
import Logging
import OTLP
import ServiceLifecycle
import Telemetry
import Testing

/// What happens below HTTP clients' good manners: framing, hang-ups, ports and shutdown.
@Suite struct ConnectionTests {
    private let head = "POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\n"

    /// `body` in chunks of seven bytes, with the terminating one.
    private func chunked(_ body: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: body.count, by: 7) {
            let chunk = body[start..<min(start + 7, body.count)]
            bytes += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
        }
        return bytes + Array("0\r\n\r\n".utf8)
    }

    @Test func `reads a chunked gzip body without a length`() async throws {
        try await RunningReceiver.with { receiver in
            let connection = try RawConnection(port: receiver.port)
            let body = chunked(Compressed.gzip(ExportBodies.valid(5)))
            await connection.send(head + "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n", body)
            #expect(await connection.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 200"))
            #expect(receiver.sink.spans.count == 5)
        }
    }

    @Test func `a chunked body is refused when it grows over the limit`() async throws {
        try await RunningReceiver.with(settings: ReceiverSettings(bodyBytes: 1_000)) { receiver in
            let connection = try RawConnection(port: receiver.port)
            let body = chunked([UInt8](repeating: 0, count: 1_500))
            await connection.send(head + "Transfer-Encoding: chunked\r\n\r\n", body)
            #expect(await connection.receive().hasPrefix("HTTP/1.1 413"))
        }
    }

    @Test func `a declared 10 GiB is refused from the header alone`() async throws {
        try await RunningReceiver.with { receiver in
            let connection = try RawConnection(port: receiver.port)
            await connection.send(head + "Content-Length: 10737418240\r\n\r\n", [UInt8](repeating: 0, count: 1_000))
            #expect(await connection.receive(until: "smaller batches").hasPrefix("HTTP/1.1 413"))
            #expect(receiver.budget.bytesInUse == 0)
        }
    }

    @Test func `a client that waits to send gets its 100 or its refusal`() async throws {
        try await RunningReceiver.with(settings: ReceiverSettings(bodyBytes: 1_000)) { receiver in
            let body = ExportBodies.valid()
            let patient = try RawConnection(port: receiver.port)
            await patient.send(head + "Expect: 100-continue\r\nContent-Length: \(body.count)\r\n\r\n")
            #expect(await patient.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100"))
            await patient.send("", body)
            #expect(await patient.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 200"))

            let refused = try RawConnection(port: receiver.port)
            await refused.send(head + "Expect: 100-continue\r\nContent-Length: 2000\r\n\r\n")
            // To the end of the connection: the receiver waits for no body that will never come.
            #expect(await refused.receive().hasPrefix("HTTP/1.1 413"))
        }
    }

    @Test func `a client that hangs up in the middle costs nothing`() async throws {
        try await RunningReceiver.with { receiver in
            let body = ExportBodies.valid(5)
            do {
                let connection = try RawConnection(port: receiver.port)
                await connection.send(head + "Content-Length: \(body.count)\r\n\r\n", Array(body.dropLast(10)))
            }
            try await receiver.expect(200, posting: body)
            while receiver.budget.bytesInUse > 0 { try await Task.sleep(for: .milliseconds(1)) }
            #expect(receiver.sink.spans.count == 5, "half a body must not be decoded")
        }
    }

    @Test(arguments: [
        "GARBAGE\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ])
    func `what is not HTTP ends the connection, not the receiver`(request: String) async throws {
        try await RunningReceiver.with { receiver in
            let connection = try RawConnection(port: receiver.port)
            await connection.send(request)
            let answer = await connection.receive()
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400"))
            #expect(receiver.sink.spans.isEmpty)
            try await receiver.expect(200, posting: ExportBodies.valid())
        }
    }

    @Test func `a connection serves the next export after a refusal`() async throws {
        try await RunningReceiver.with { receiver in
            let connection = try RawConnection(port: receiver.port)
            let length = "Content-Length: \(ExportBodies.garbage.count)\r\n\r\n"
            // An unsupported type with a fixed message, so that the end of the answer is known.
            await connection.send("POST /v1/traces HTTP/1.1\r\nHost: x\r\n" + length, ExportBodies.garbage)
            #expect(await connection.receive(until: "application/json").hasPrefix("HTTP/1.1 415"))
            let body = ExportBodies.valid(2)
            await connection.send(head + "Content-Length: \(body.count)\r\n\r\n", body)
            #expect(await connection.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 200"))
            #expect(receiver.sink.spans.count == 2)
        }
    }

    @Test func `a port in use is one clear line`() async throws {
        try await RunningReceiver.with { first in
            let second = receiver(port: first.port)
            await #expect(throws: ReceiverError.portInUse(first.port)) { try await second.run() }
            let message = ReceiverError.portInUse(first.port).description
            #expect(message.contains("port \(first.port)"))
            #expect(message.contains("--otlp-port"))
            #expect(!message.contains("\n"))
        }
    }

    @Test func `shuts down with a request half sent and a connection idle`() async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let receiver = receiver(port: 0, settings: ReceiverSettings(shutdownGrace: .milliseconds(50))) {
            continuation.yield($0)
        }
        let group = ServiceGroup(services: [receiver], gracefulShutdownSignals: [], logger: .silent)
        async let running: Void = group.run()
        let port = try #require(await ports.first { _ in true })
        let idle = try RawConnection(port: port)
        let stuck = try RawConnection(port: port)
        await stuck.send(head + "Content-Length: 100\r\n\r\n", [1, 2, 3])
        await group.triggerGracefulShutdown()
        // Would never return if the stuck request could hold the receiver up.
        try await running
        #expect(await stuck.receive().isEmpty)
        #expect(await idle.receive().isEmpty)
        #expect(throws: RawConnection.Failure.self) { try RawConnection(port: port) }
    }

    @Test func `an idle connection gives way to a new one, a request in flight never does`() async throws {
        let settings = ReceiverSettings(limits: ConnectionLimits(connections: 3))
        try await RunningReceiver.with(settings: settings) { receiver in
            let body = ExportBodies.valid(2)
            let busy = try RawConnection(port: receiver.port)
            await busy.send(head + "Expect: 100-continue\r\nContent-Length: \(body.count)\r\n\r\n")
            #expect(await busy.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100"))
            var idle: [RawConnection] = []
            for _ in 1...20 { idle.append(try RawConnection(port: receiver.port)) }
            // Loops accept side by side: one that comes later may be taken first.
            while receiver.counters.httpConnections.snapshot.closedForRoom < 18 {
                try await Task.sleep(for: .milliseconds(1))
            }
            try await receiver.expect(200, posting: ExportBodies.valid())
            await busy.send("", body)
            #expect(await busy.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 200"))
            let counts = receiver.counters.httpConnections.snapshot
            #expect(counts.closedForRoom >= 18 && counts.refused == 0 && counts.open <= 3)
        }
    }

    @Test func `where all connections of a peer are busy, a new one is refused at once`() async throws {
        let settings = ReceiverSettings(limits: ConnectionLimits(connectionsPerPeer: 2))
        try await RunningReceiver.with(settings: settings) { receiver in
            var busy: [RawConnection] = []
            for _ in 1...2 {
                let connection = try RawConnection(port: receiver.port)
                await connection.send(head + "Expect: 100-continue\r\nContent-Length: 10\r\n\r\n")
                #expect(await connection.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100"))
                busy.append(connection)
            }
            let third = try RawConnection(port: receiver.port)
            #expect(await third.receive().isEmpty)
            #expect(receiver.counters.httpConnections.snapshot.refused == 1)
            // An answer makes them idle again, even one that refuses.
            for connection in busy {
                await connection.send("0123456789")
                #expect(await connection.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 400"))
            }
            try await receiver.expect(200, posting: ExportBodies.valid())
            #expect(receiver.counters.httpConnections.snapshot.closedForRoom == 1)
        }
    }

    @Test func `a header that never ends is given up`() async throws {
        let settings = ReceiverSettings(limits: ConnectionLimits(headerTimeout: .milliseconds(100)))
        try await RunningReceiver.with(settings: settings) { receiver in
            let slow = try RawConnection(port: receiver.port)
            await slow.send(head)
            #expect(await slow.receive().isEmpty)
        }
    }

    @Test func `cancelled amid a flood of connections, it ends and the process lives`() async throws {
        for _ in 1...20 {
            let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
            let receiver = receiver(port: 0) { continuation.yield($0) }
            let running = Task { try await receiver.run() }
            let port = try #require(await ports.first { _ in true })
            var flood: [RawConnection] = []
            for number in 1...100 {
                if let connection = try? RawConnection(port: port) { flood.append(connection) }
                if number == 60 { running.cancel() }
            }
            // Would never return if a connection that was just accepted could hold it up.
            _ = await running.result
            for connection in flood { #expect(await connection.receive().isEmpty) }
        }
    }

    private func receiver(
        port: Int,
        settings: ReceiverSettings = ReceiverSettings(),
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) -> OTLPHTTPReceiver {
        OTLPHTTPReceiver(
            port: port,
            decoder: ExportDecoder(vocabulary: Vocabulary()),
            sink: RecordingSink(),
            counters: ReceiverCounters(),
            logger: .silent,
            settings: settings,
            onListening: onListening
        )
    }
}

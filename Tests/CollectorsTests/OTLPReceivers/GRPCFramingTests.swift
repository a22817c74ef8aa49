import Collectors
import Listeners
import Telemetry
import Testing

/// What happens below gRPC clients' good manners: frames in odd orders and pieces, calls of no or two messages, hang-ups.
@Suite struct GRPCFramingTests {
    private let valid = GRPCFraming.message(ExportBodies.valid(2))

    @Test func `a message in pieces of any size is one message`() async throws {
        try await RunningGRPCReceiver.with { receiver in
            let client = try await RawHTTP2(port: receiver.port)
            await client.call(1)
            for start in stride(from: 0, to: valid.count, by: 3) {
                await client.data(1, Array(valid[start..<min(start + 3, valid.count)]))
            }
            await client.data(1, [], ends: true)
            try await client.expect(0, on: 1)
            #expect(receiver.sink.spans.count == 2)
        }
    }

    @Test func `calls on one connection may be sent in turns, and refused ones do not disturb the others`() async throws
    {
        try await RunningGRPCReceiver.with { receiver in
            let client = try await RawHTTP2(port: receiver.port)
            await client.call(1)
            await client.call(3, changing: [":path": "/nowhere"])
            await client.data(1, Array(valid.prefix(20)))
            await client.data(3, valid)
            try await client.expect(12, on: 3)
            await client.data(1, Array(valid.dropFirst(20)), ends: true)
            try await client.expect(0, on: 1)
            #expect(receiver.sink.spans.count == 2)
        }
    }

    @Test func `a call is exactly one message`() async throws {
        try await RunningGRPCReceiver.with { receiver in
            let client = try await RawHTTP2(port: receiver.port)
            await client.call(1, ends: true)
            try await client.expect(12, on: 1, "no message")
            await client.call(3)
            await client.data(3, [], ends: true)
            try await client.expect(12, on: 3, "an empty body")
            await client.call(5)
            await client.data(5, valid + valid, ends: true)
            try await client.expect(12, on: 5, "two messages in one frame")
            await client.call(7)
            await client.data(7, valid)
            await client.data(7, [0])
            try await client.expect(12, on: 7, "the beginning of a second message")
            #expect(receiver.sink.spans.isEmpty)
            #expect(receiver.budget.bytesInUse == 0)
        }
    }

    @Test func `a message that is cut off, or says of itself what cannot be, is refused`() async throws {
        try await RunningGRPCReceiver.with { receiver in
            let client = try await RawHTTP2(port: receiver.port)
            await client.call(1)
            await client.data(1, Array(valid.dropLast()), ends: true)
            try await client.expect(3, on: 1)
            await client.call(3)
            await client.data(3, [0, 0], ends: true)
            try await client.expect(3, on: 3, "cut off within the prefix")
            await client.call(5)
            await client.data(5, GRPCFraming.prefix(length: 10, flag: 1))
            try await client.expect(13, on: 5, "compressed, but by nothing")
            await client.call(7)
            await client.data(7, GRPCFraming.prefix(length: 4 << 30 - 1))
            try await client.expect(8, on: 7, "refused by its announced length")
            #expect(receiver.sink.spans.isEmpty)
        }
    }

    @Test func `a call refused before its end is answered in full, then reset without an error`() async throws {
        try await RunningGRPCReceiver.with { receiver in
            let client = try await RawHTTP2(port: receiver.port)
            await client.call(1, changing: ["te": ""])
            try await client.expect(3, on: 1)
            let reset = await client.frame(.reset)
            #expect(reset?.payload == [0, 0, 0, 0])
        }
    }

    @Test func `what is not gRPC is answered in the terms of HTTP`() async throws {
        try await RunningGRPCReceiver.with { receiver in
            let client = try await RawHTTP2(port: receiver.port)
            await client.call(1, changing: [":method": "GET"], ends: true)
            try await client.expect(http: 405, on: 1)
            for (stream, type) in [(3, "application/json"), (5, "application/grpc-web"), (7, "")] {
                await client.call(stream, changing: ["content-type": type], ends: true)
                try await client.expect(http: 415, on: stream)
            }
            for (stream, type) in [(9, "application/grpc+proto"), (11, "Application/gRPC; charset=utf-8")] {
                await client.call(stream, changing: ["content-type": type])
                await client.data(stream, valid, ends: true)
                try await client.expect(0, on: stream)
            }
        }
    }

    @Test(arguments: ["50m", "50000u", "0S"])
    func `a client's deadline ends its call`(timeout: String) async throws {
        try await RunningGRPCReceiver.with { receiver in
            let client = try await RawHTTP2(port: receiver.port)
            await client.call(1, changing: ["grpc-timeout": timeout])
            await client.data(1, Array(valid.dropLast()))
            try await client.expect(4, on: 1)
            #expect(receiver.counters.snapshot.refused == [.slowBody: 1])
        }
    }

    @Test(arguments: ["", "99999999H", "1x", "soon", "999999999S"])
    func `a body that does not come ends its call, whatever the client's deadline`(timeout: String) async throws {
        try await RunningGRPCReceiver.with(settings: ReceiverSettings(bodyTimeout: .milliseconds(50))) { receiver in
            let client = try await RawHTTP2(port: receiver.port)
            await client.call(1, changing: timeout.isEmpty ? [:] : ["grpc-timeout": timeout])
            try await client.expect(4, on: 1)
        }
    }

    @Test func `a call that is reset, or whose client hangs up, costs nothing`() async throws {
        try await RunningGRPCReceiver.with { receiver in
            let client = try await RawHTTP2(port: receiver.port)
            await client.call(1)
            await client.data(1, Array(valid.dropLast()))
            await client.send(.reset, stream: 1, [0, 0, 0, 8])
            await client.call(3)
            await client.data(3, valid, ends: true)
            try await client.expect(0, on: 3)
            #expect(receiver.sink.spans.count == 2, "of the second call alone")
            do {
                let gone = try await RawHTTP2(port: receiver.port)
                await gone.call(1)
                await gone.data(1, Array(valid.dropLast()))
            }
            while receiver.budget.bytesInUse > 0 { try await Task.sleep(for: .milliseconds(1)) }
        }
    }

    @Test(arguments: ["GET / HTTP/1.1\r\nHost: x\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSX\r\n\r\n"])
    func `what is not HTTP 2 ends the connection, not the receiver`(preface: String) async throws {
        try await RunningGRPCReceiver.with { receiver in
            let client = try await RawHTTP2(port: receiver.port, preface: preface)
            while await client.next() != nil {}
            try await receiver.expect(0, exporting: ExportBodies.valid())
        }
    }

    @Test func `a silent connection is asked to go, then closed`() async throws {
        let settings = ReceiverSettings(
            limits: ConnectionLimits(idleTimeout: .milliseconds(50)),
            shutdownGrace: .milliseconds(50)
        )
        try await RunningGRPCReceiver.with(settings: settings) { receiver in
            let silent = try await RawHTTP2(port: receiver.port)
            #expect(await silent.frame(.goAway) != nil)
            while await silent.next() != nil {}
        }
    }

    @Test func `a connection too many is closed at once, and its place is free again after another's end`() async throws
    {
        let settings = ReceiverSettings(limits: ConnectionLimits(connections: 1))
        try await RunningGRPCReceiver.with(settings: settings) { receiver in
            do {
                let first = try await RawHTTP2(port: receiver.port)
                // A call that is not at its end, so that this one cannot give way.
                await first.call(1)
                await first.call(3, ends: true)
                try await first.expect(12, on: 3)
                let second = try await RawHTTP2(port: receiver.port)
                #expect(await second.next() == nil)
                #expect(receiver.counters.grpcConnections.snapshot.refused == 1)
            }
            while (try? await receiver.export(ExportBodies.valid()))?.status != 0 {}
        }
    }

    @Test func `an idle connection gives way to a new one`() async throws {
        let settings = ReceiverSettings(limits: ConnectionLimits(connections: 3))
        try await RunningGRPCReceiver.with(settings: settings) { receiver in
            let busy = try await RawHTTP2(port: receiver.port)
            await busy.call(1)
            await busy.call(3, ends: true)
            try await busy.expect(12, on: 3)
            var idle: [RawConnection] = []
            for _ in 1...20 { idle.append(try RawConnection(port: receiver.port)) }
            // Loops accept side by side: one that comes later may be taken first.
            while receiver.counters.grpcConnections.snapshot.closedForRoom < 18 {
                try await Task.sleep(for: .milliseconds(1))
            }
            try await receiver.expect(0, exporting: ExportBodies.valid())
            await busy.data(1, valid, ends: true)
            try await busy.expect(0, on: 1)
            let counts = receiver.counters.grpcConnections.snapshot
            #expect(counts.closedForRoom >= 18 && counts.refused == 0 && counts.open <= 3)
        }
    }

    @Test func `shutting down, it says so, finishes open calls and closes`() async throws {
        try await RunningGRPCReceiver.with(settings: ReceiverSettings(shutdownGrace: .seconds(10))) { receiver in
            let client = try await RawHTTP2(port: receiver.port)
            await client.call(1)
            await client.data(1, Array(valid.prefix(20)))
            // An answer on the same connection shows that the first call has begun.
            await client.call(3, ends: true)
            _ = try await client.reply(to: 3)
            await receiver.shutDown()
            #expect(await client.frame(.goAway) != nil)
            let ping = await client.frame(.ping)
            await client.send(.ping, flags: 1, stream: 0, ping?.payload ?? [])
            await client.data(1, Array(valid.dropFirst(20)), ends: true)
            try await client.expect(0, on: 1)
            while await client.next() != nil {}
            #expect(receiver.sink.spans.count == 2)
        }
    }

    @Test func `a call that never ends does not hold the shutdown up`() async throws {
        try await RunningGRPCReceiver.with(settings: ReceiverSettings(shutdownGrace: .milliseconds(50))) { receiver in
            let client = try await RawHTTP2(port: receiver.port)
            await client.call(1)
            await receiver.shutDown()
            while await client.next() != nil {}
        }
    }
}

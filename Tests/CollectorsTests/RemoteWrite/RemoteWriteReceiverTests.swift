import Collectors
import Curl
import Logging
import Synchronization
import Telemetry
import Testing

@testable import OTLP

@Suite struct RemoteWriteReceiverTests {
    private final class Points: Sendable {
        private let points = Mutex<[MetricPoint]>([])
        var all: [MetricPoint] { points.withLock { $0 } }
        func take(_ new: [MetricPoint]) -> Int {
            points.withLock { $0 += new }
            return 0
        }
    }

    private struct Running: Sendable {
        let url: String
        let points: Points
        let counters: RemoteWriteCounters
        let client = HTTPClient()

        func post(
            _ body: [UInt8],
            type: String = "application/x-protobuf",
            encoding: String = "snappy",
            path: String = "/api/v1/write",
            method: String = "POST"
        ) async throws -> HTTPResponse {
            let headers = [
                HTTPHeader(name: "Content-Type", value: type), HTTPHeader(name: "Content-Encoding", value: encoding),
            ]
            return try await client.send(HTTPRequest(method: method, url: url + path, headers: headers, body: body))
        }

        func expect(
            _ status: Int,
            _ body: [UInt8],
            type: String = "application/x-protobuf",
            encoding: String = "snappy",
            path: String = "/api/v1/write",
            method: String = "POST",
            sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let answer = try await post(body, type: type, encoding: encoding, path: path, method: method)
            #expect(answer.status == status, sourceLocation: sourceLocation)
        }
    }

    private func withReceiver(
        settings: ReceiverSettings = ReceiverSettings(),
        budget: InFlightBudget = InFlightBudget(),
        _ body: @escaping @Sendable (Running) async throws -> Void
    ) async throws {
        let (ports, announce) = AsyncStream.makeStream(of: Int.self)
        let points = Points()
        let counters = RemoteWriteCounters()
        let receiver = RemoteWriteReceiver(
            port: 0,
            counters: counters,
            logger: .silent,
            budget: budget,
            settings: settings,
            onListening: { announce.yield($0) },
            sink: { points.take($0) }
        )
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await receiver.run()
                return false
            }
            group.addTask {
                let port = try #require(await ports.first { _ in true })
                try await body(Running(url: "http://127.0.0.1:\(port)", points: points, counters: counters))
                return true
            }
            defer { group.cancelAll() }
            while let isDone = try await group.next(), !isDone {}
        }
    }

    /// A request with one series, uncompressed inside its snappy block.
    private static func series(
        _ labels: [(String, String)],
        _ more: (inout ProtobufWriter) -> Void = { _ in }
    ) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.message(1) { series in
            for (name, value) in labels {
                series.message(1) { label in
                    label.string(1, name)
                    label.string(2, value)
                }
            }
            series.message(2) { sample in
                sample.fixed64(1, 2.5.bitPattern)
                sample.varint(2, 1_700_000_000_123)
            }
            more(&series)
        }
        return writer.bytes
    }

    private static func block(_ bytes: [UInt8]) -> [UInt8] {
        var block: [UInt8] = []
        var length = bytes.count
        while length >= 0x80 {
            block.append(UInt8(truncatingIfNeeded: length) | 0x80)
            length >>= 7
        }
        block.append(UInt8(length))
        for start in stride(from: 0, to: bytes.count, by: 60) {
            let piece = bytes[start..<min(start + 60, bytes.count)]
            block += [UInt8(piece.count - 1) << 2] + piece
        }
        return block
    }

    @Test func `takes samples, exemplars and stale markers, and answers 204 without a body`() async throws {
        try await withReceiver { receiver in
            let body = Self.series([("__name__", "hits_total"), ("job", "shop")]) { series in
                series.message(2) { sample in
                    sample.fixed64(1, MetricPoint.staleMarker.bitPattern)
                    sample.varint(2, 1_700_000_001_000)
                }
                series.message(3) { exemplar in
                    exemplar.message(1) { label in
                        label.string(1, "trace_id")
                        label.string(2, "0af7651916cd43dd8448eb211c80319c")
                    }
                    exemplar.fixed64(2, 1.0.bitPattern)
                    exemplar.varint(3, 1_700_000_000_100)
                }
            }
            let answer = try await receiver.post(Self.block(body))
            #expect(answer.status == 204)
            #expect(answer.body.isEmpty)
            let points = receiver.points.all
            #expect(points.map(\.name) == ["hits_total", "hits_total"])
            #expect(points[0].value == 2.5)
            #expect(points[0].timeNanoseconds == 1_700_000_000_123_000_000)
            #expect(points[0].labels == ["job": "shop", "service": "shop"])
            #expect(points[1].isStale)
            #expect(points[1].exemplars.map(\.traceID.hex) == ["0af7651916cd43dd8448eb211c80319c"])
            #expect(receiver.counters.snapshot.acceptedPoints == 2)
        }
    }

    @Test func `keeps exemplars that come without a sample, as Prometheus sends them`() async throws {
        try await withReceiver { receiver in
            var writer = ProtobufWriter()
            writer.message(1) { series in
                series.message(1) { label in
                    label.string(1, "__name__")
                    label.string(2, "hits_total")
                }
                series.message(3) { exemplar in
                    exemplar.message(1) { label in
                        label.string(1, "traceID")
                        label.string(2, "0af7651916cd43dd8448eb211c80319c")
                    }
                    exemplar.varint(3, 1_700_000_000_100)
                }
            }
            try await receiver.expect(204, Self.block(writer.bytes))
            #expect(receiver.points.all.map(\.hasOnlyExemplars) == [true])
            #expect(receiver.points.all.flatMap(\.exemplars).map(\.timeNanoseconds) == [1_700_000_000_100_000_000])
            #expect(receiver.counters.snapshot.acceptedPoints == 0)
        }
    }

    @Test func `learns types from the requests that carry only metadata`() async throws {
        try await withReceiver { receiver in
            var metadata = ProtobufWriter()
            metadata.message(3) { family in
                family.varint(1, 3)
                family.string(2, "latency_seconds")
            }
            try await receiver.expect(204, Self.block(metadata.bytes))
            _ = try await receiver.post(Self.block(Self.series([("__name__", "latency_seconds_bucket"), ("le", "1")])))
            #expect(receiver.points.all.map(\.kind) == [.histogram])
        }
    }

    @Test func `version 2 is answered 415, for its bytes would read as an empty version 1`() async throws {
        try await withReceiver { receiver in
            let version2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request"
            try await receiver.expect(415, [0], type: version2)
            try await receiver.expect(415, [0], type: "application/json")
            try await receiver.expect(415, [0], encoding: "gzip")
            let version1 = "application/x-protobuf; proto=prometheus.WriteRequest"
            try await receiver.expect(204, [0], type: version1)
            #expect(receiver.counters.snapshot.refused[.unsupportedMediaType] == 2)
        }
    }

    @Test func `an invalid series is answered 400 and the others are taken`() async throws {
        try await withReceiver { receiver in
            let request =
                Self.series([("a", "b")]) + Self.series([("__name__", "x"), ("a", "1"), ("a", "2")])
                + Self.series([("__name__", "fine")])
            let answer = try await receiver.post(Self.block(request))
            #expect(answer.status == 400)
            #expect(String(decoding: answer.body, as: UTF8.self).hasPrefix("2 invalid series were left out"))
            #expect(receiver.points.all.map(\.name) == ["fine"])
        }
    }

    @Test func `damage, size, path, method and pressure have their own answers`() async throws {
        try await withReceiver(
            settings: ReceiverSettings(bodyBytes: 1_000),
            budget: InFlightBudget(limit: 900)
        ) { receiver in
            try await receiver.expect(400, [9, 9, 9])
            try await receiver.expect(400, Self.block([0xFF, 0xFF]))
            try await receiver.expect(404, [0], path: "/api/v1/read")
            try await receiver.expect(405, [0], method: "PUT")
            try await receiver.expect(413, [UInt8](repeating: 0, count: 1_001))
            let busy = try await receiver.post(Self.block([UInt8](repeating: 0, count: 600)))
            #expect(busy.status == 503)
            #expect(busy.header("Retry-After") == "1")
            #expect(receiver.points.all.isEmpty)
        }
    }
}

import Foundation
import OTLP
import Telemetry

/// Reads the captures of real clients, which lie outside the repository.
struct CapturedClient {
    var service: String
    var span: ExportSpan

    private static let path =
        ProcessInfo.processInfo.environment["PLIMSOLL_CAPTURES"]
        ?? "/work/shared/data/otlp-captures/captured_clients.jsonl"

    static var isAvailable: Bool { FileManager.default.isReadableFile(atPath: path) }

    private struct Line: Decodable {
        struct Summary: Decodable {
            var spans: [Span]?
        }
        struct Span: Decodable {
            var svc: String
            var name: String
            var kind: UInt8
            var tid: String
            var sid: String
            var dur_ns: UInt64
            var attrs: [String: Scalar]
        }
        var kind: String?
        var sum: Summary?
    }

    private enum Scalar: Decodable {
        case value(AttributeValue)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let value = try? container.decode(Bool.self) {
                self = .value(.bool(value))
            } else if let value = try? container.decode(Int64.self) {
                self = .value(.int(value))
            } else if let value = try? container.decode(Double.self) {
                self = .value(.double(value))
            } else {
                self = .value(.string(try container.decode(String.self)))
            }
        }
    }

    static func spans() throws -> [CapturedClient] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return try text.split(separator: "\n").flatMap { line -> [CapturedClient] in
            let line = Data(line.utf8)
            guard try JSONDecoder().decode(Kind.self, from: line).kind == "trace" else { return [] }
            return try (JSONDecoder().decode(Line.self, from: line).sum?.spans ?? []).map(CapturedClient.init)
        }
    }

    private struct Kind: Decodable {
        var kind: String?
    }

    private init(_ span: Line.Span) {
        service = span.svc
        self.span = ExportSpan(
            traceID: TraceID(hex: span.tid) ?? TraceID(high: 0, low: 0),
            spanID: SpanID(UInt64(span.sid, radix: 16) ?? 0),
            name: span.name,
            kind: SpanKind(rawValue: span.kind) ?? .unspecified,
            startNanoseconds: 1_000,
            endNanoseconds: 1_000 + span.dur_ns,
            attributes: span.attrs.sorted { $0.key < $1.key }.map { key, scalar in
                switch scalar {
                case .value(let value): (key: key, value: value)
                }
            }
        )
    }
}

import Correlation
import Foundation
import GRDB
import Telemetry

/// A row of `traces`.
struct TraceRow: Sendable {
    private let id: Data
    private let window: UInt64
    private let role: StoredTrace.Role
    private let service: String
    private let operation: String
    private let services: String
    private let range: Range<UInt64>
    private let errors: Int
    private let spans: Int
    private let document: Data

    init(_ trace: StoredTrace, window: UInt64) {
        let document = trace.document
        id = TraceRow.key(document.traceID)
        self.window = window
        role = trace.role
        let root = document.root
        service = root?.service ?? ""
        operation = root?.name ?? ""
        services = Set(document.spans.map(\.service)).sorted().map { "\n\($0)\n" }.joined()
        range = document.range
        errors = document.spans.count { $0.errorType != nil }
        spans = document.spans.count
        self.document = TraceBlob.bytes(document).data
    }

    /// The 16 bytes of a trace id.
    static func key(_ id: TraceID) -> Data {
        var key = Data(capacity: 16)
        for half in [id.high, id.low] { withUnsafeBytes(of: half.bigEndian) { key.append(contentsOf: $0) } }
        return key
    }

    static func id(_ key: Data) -> TraceID? {
        guard key.count == 16 else { return nil }
        return key.withUnsafeBytes { bytes in
            TraceID(
                high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    func write(to database: Database) throws {
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO traces
                    (id, window, role, service, operation, services, started_at, duration, errors, spans, document)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, StoredTime.column(window), role.rawValue, service, operation, services,
                StoredTime.column(range.lowerBound), Int64(clamping: range.upperBound - range.lowerBound), errors,
                spans, document,
            ]
        )
    }
}

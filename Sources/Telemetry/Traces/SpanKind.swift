/// The OTLP span kinds, with OTLP's numbers (`trace.proto`, `Span.SpanKind`).
package enum SpanKind: UInt8, Sendable, Hashable, CaseIterable, BitwiseCopyable {
    case unspecified = 0
    case `internal` = 1
    case server = 2
    case client = 3
    case producer = 4
    case consumer = 5

    /// Spelt out, or other modules compare kinds through a witness table, in the hottest loops there are.
    @inlinable
    package static func == (left: SpanKind, right: SpanKind) -> Bool { left.rawValue == right.rawValue }

    package var name: String {
        switch self {
        case .unspecified: "unspecified"
        case .internal: "internal"
        case .server: "server"
        case .client: "client"
        case .producer: "producer"
        case .consumer: "consumer"
        }
    }
}

extension SpanKind: Codable {
    package init(from decoder: any Decoder) throws {
        let name = try decoder.singleValueContainer().decode(String.self)
        guard let kind = SpanKind.allCases.first(where: { $0.name == name }) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "unknown span kind \"\(name)\"")
            )
        }
        self = kind
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}

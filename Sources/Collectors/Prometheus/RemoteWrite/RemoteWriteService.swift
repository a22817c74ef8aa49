import Synchronization
import Telemetry

/// Takes the bodies of remote write 1.0, whatever server brought them: decompress, decode, hand to the sink, count.
///
/// Called concurrently from any task.
final class RemoteWriteService: Sendable {
    /// What the headers of a request must say.
    struct Headers {
        var contentType: String?
        var contentEncoding: String?
    }

    /// Families whose type senders have told; they do so in requests of their own.
    private static let knownKindLimit = 20_000

    let counters: RemoteWriteCounters
    private let decoder: RemoteWriteDecoder
    private let bodyBytes: Int
    private let sink: @Sendable ([MetricPoint]) -> Int
    private let kinds = Mutex<[String: MetricKind]>([:])

    init(
        counters: RemoteWriteCounters,
        bodyBytes: Int,
        limits: ExpositionLimits = ExpositionLimits(),
        sink: @escaping @Sendable ([MetricPoint]) -> Int
    ) {
        self.counters = counters
        self.bodyBytes = bodyBytes
        decoder = RemoteWriteDecoder(limits: limits)
        self.sink = sink
    }

    /// Refuses what is not remote write 1.0, before its body is read.
    ///
    /// Version 2.0 must be refused by its type: read as 1.0 its bytes are an empty request, and the sender would be told
    /// that its data arrived.
    func admit(_ headers: Headers) throws(Refusal) {
        let type = (headers.contentType ?? "").lowercased()
        let media = type.prefix { $0 != ";" }.filter { $0 != " " }
        let parameters = type.split(separator: ";").dropFirst().map { $0.filter { $0 != " " && $0 != "\"" } }
        let message = parameters.first { $0.hasPrefix("proto=") }?.dropFirst("proto=".count)
        guard media == "application/x-protobuf", message == nil || message == "prometheus.writerequest" else {
            throw Refusal(
                reason: .unsupportedMediaType,
                message: "only remote write 1.0 is received here: send application/x-protobuf with "
                    + "protobuf_message: prometheus.WriteRequest"
            )
        }
        guard (headers.contentEncoding ?? "snappy").lowercased() == "snappy" else {
            throw Refusal(reason: .unsupportedCompression, message: "remote write 1.0 is compressed with snappy")
        }
    }

    /// Takes one compressed body.
    ///
    /// Throws `malformed` also when only some series were invalid; the others were taken, as the protocol allows.
    func take(_ body: [UInt8]) throws(Refusal) {
        let bytes: [UInt8]
        do {
            bytes = try SnappyBlock.decompress(body, limit: bodyBytes)
        } catch {
            throw switch error {
            case .tooLarge:
                Refusal(reason: .tooLarge, message: "the request is larger than \(bodyBytes) bytes: send smaller ones")
            case .malformed: Refusal(reason: .malformed, message: "the body is no snappy block, or is damaged")
            }
        }
        var request: RemoteWriteDecoder.Request
        do {
            request = try decoder.decode(bytes)
        } catch {
            throw Refusal(reason: .malformed, message: "the body is no prometheus.WriteRequest")
        }
        learn(request.kinds)
        tell(&request.points)
        let dropped = request.points.isEmpty ? 0 : sink(request.points)
        counters.count(request, dropped: dropped, bytes: bytes.count)
        if request.invalidSeries > 0 {
            throw Refusal(
                reason: .malformed,
                message: "\(request.invalidSeries) invalid series were left out, the others were taken: "
                    + (request.firstFault ?? "")
            )
        }
    }

    private func learn(_ told: [String: MetricKind]) {
        guard !told.isEmpty else { return }
        kinds.withLock { kinds in
            for (family, kind) in told where kinds.count < Self.knownKindLimit || kinds[family] != nil {
                kinds[family] = kind
            }
        }
    }

    private func tell(_ points: inout [MetricPoint]) {
        let families = MetricFamilies(kinds: kinds.withLock { $0 })
        for index in points.indices where points[index].kind == .unknown {
            points[index].kind = families.kind(of: points[index].name)
        }
    }
}

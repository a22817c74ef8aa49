package import Telemetry

/// The bytes of an OTLP export request, of any signal and in either encoding → telemetry.
///
/// Safe to call from any thread at once; copies share what was learnt and counted. A bad span, data point or record is
/// one rejected item; only a body that is no such message, or is over `DecodingLimits`, throws.
package struct ExportDecoder: Sendable {
    private let context: DecodingContext

    package init(vocabulary: Vocabulary, limits: DecodingLimits = DecodingLimits()) {
        context = DecodingContext(vocabulary: vocabulary, limits: limits)
    }

    /// Names and values that became `_overflow` because their group had too many, each time it happened in a request.
    package var overflowed: Int { context.limiter.refused }

    package func decode(
        _ body: [UInt8],
        _ signal: Signal = .traces,
        _ encoding: OTLPEncoding = .protobuf
    ) throws(WireError) -> DecodedExport {
        // `withUnsafeBytes` rethrows untyped, so the typed error travels as a result.
        let result: Result<DecodedExport, WireError> = body.withUnsafeBytes { bytes in
            do throws(WireError) {
                return .success(try decode(bytes, signal, encoding))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    package func decode(
        _ body: UnsafeRawBufferPointer,
        _ signal: Signal = .traces,
        _ encoding: OTLPEncoding = .protobuf
    ) throws(WireError) -> DecodedExport {
        let limits = context.limits
        guard body.count <= limits.bodyBytes else {
            throw .tooLarge("the body has \(body.count) bytes, more than \(limits.bodyBytes)")
        }
        if encoding == .json, !body.isEmpty {
            return try decode(try JSONTranscoder.protobuf(body, as: signal.jsonMessage), signal)
        }
        let request = try RequestWalk(body, signal: signal, limits: limits)
        return try context.withSession { session throws(WireError) in
            session.arena.reset(budget: limits.arenaBudget(forBody: body.count))
            switch signal {
            case .traces: return try session.decodeTraces(request, limits: limits)
            case .metrics: return try session.decodeMetrics(request, limits: limits)
            case .logs: return try session.decodeLogs(request, limits: limits)
            }
        }
    }
}

extension DecodingSession {
    fileprivate mutating func decodeTraces(
        _ request: RequestWalk,
        limits: DecodingLimits
    ) throws(WireError) -> DecodedExport {
        var export = DecodedExport()
        spans.begin()
        var tally = RejectionTally()
        var resources = request.resources
        while let resource = try resources.next() {
            let context = try self.resources.resource(resource.parts)
            var messages = resource.items
            while let message = try messages.next() {
                spans.add(message, resource: context, to: &export.batch, tally: &tally, arena: arena)
            }
        }
        spans.end(&export.batch)
        export.rejected = tally.total
        export.reason = tally.message(limits: limits)
        return export
    }

    fileprivate mutating func decodeMetrics(
        _ request: RequestWalk,
        limits: DecodingLimits
    ) throws(WireError) -> DecodedExport {
        var export = DecodedExport()
        var tally = PointTally()
        var resources = request.resources
        while let resource = try resources.next() {
            let labels = try self.resources.labels(resource.parts)
            var messages = resource.items
            while let message = try messages.next() {
                metrics.add(message, labels: labels, to: &export.batch, tally: &tally, arena: arena)
            }
        }
        export.rejected = tally.total
        export.reason = tally.message
        return export
    }

    fileprivate mutating func decodeLogs(
        _ request: RequestWalk,
        limits: DecodingLimits
    ) throws(WireError) -> DecodedExport {
        var export = DecodedExport()
        var resources = request.resources
        while let resource = try resources.next() {
            let context = try self.resources.resource(resource.parts)
            var messages = resource.items
            while let message = try messages.next() {
                logs.add(message, resource: context, to: &export, arena: arena)
            }
        }
        if export.rejected > 0 { export.reason = "\(export.rejected) log records are no valid protobuf messages" }
        return export
    }
}

import COTLP
import Telemetry

extension Otlp__Span {
    /// Internal where the sender left it open, as the convention says, or sent a number we do not know.
    var spanKind: SpanKind {
        guard let known = UInt8(exactly: kind).flatMap(SpanKind.init), known != .unspecified else { return .internal }
        return known
    }

    var spanStatus: SpanStatus {
        guard let code = status?.pointee.code else { return .unset }
        return UInt8(exactly: code).flatMap(SpanStatus.init) ?? .unset
    }
}

extension ProtobufCBinaryData {
    /// `nil` unless it is 16 bytes and not all zero.
    var traceID: TraceID? {
        guard len == 16 else { return nil }
        let id = TraceID(high: word(at: 0), low: word(at: 8))
        return id.isValid ? id : nil
    }

    /// `nil` unless it is 8 bytes and not all zero.
    var spanID: SpanID? {
        guard len == 8 else { return nil }
        let id = SpanID(word(at: 0))
        return id.isValid ? id : nil
    }

    private func word(at offset: Int) -> UInt64 {
        UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}

extension UnsafeRawBufferPointer {
    /// The address as protobuf-c takes it.
    var bytesAddress: UnsafePointer<UInt8>? { baseAddress?.assumingMemoryBound(to: UInt8.self) }
}

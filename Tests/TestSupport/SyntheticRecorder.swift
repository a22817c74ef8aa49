import Telemetry

/// Where the spans of a `SyntheticRun` gather while its closure runs.
final class SyntheticRecorder {
    let vocabulary: Vocabulary
    var spans: SpanTable
    /// Of traces that others began.
    var strangers = SpanTable()
    var links: [SpanLink] = []
    var random: SeededGenerator

    init(vocabulary: Vocabulary, spans: SpanTable, random: SeededGenerator) {
        self.vocabulary = vocabulary
        self.spans = spans
        self.random = random
    }

    func record(_ span: SpanFields, attributes: [String: String] = [:]) {
        let pairs = attributes.sorted { $0.key < $1.key }.map { key, value in
            vocabulary.intern(key: vocabulary.intern(key), value: vocabulary.intern(value))
        }
        spans.append(span, attributes: pairs)
    }

    func newSpanID() -> SpanID { SpanID(UInt64.random(in: 1...UInt64.max, using: &random)) }

    func nanoseconds(_ duration: Duration, jitter: Double) -> UInt64 {
        let exact = duration.wholeNanoseconds
        guard jitter > 0 else { return exact }
        return UInt64(Double(exact) * Double.random(in: (1 - jitter)...(1 + jitter), using: &random))
    }
}

extension Duration {
    /// Never negative.
    var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        return UInt64(max(0, seconds * 1_000_000_000 + attoseconds / 1_000_000_000))
    }
}

import Telemetry

/// Undecoded `Resource` messages → what is kept of them, remembered by their bytes: a process sends the same one always.
struct ResourceDecoder: ~Copyable {
    private let vocabulary: Vocabulary
    private let limiter: CardinalityLimiter
    private let limits: DecodingLimits
    private var known = ByteTable<ResourceContext>(entryLimit: 4_096, byteLimit: 4 << 20)

    init(vocabulary: Vocabulary, limiter: CardinalityLimiter, limits: DecodingLimits) {
        self.vocabulary = vocabulary
        self.limiter = limiter
        self.limits = limits
    }

    /// Whether it has learnt so much that it is better made anew.
    var isFull: Bool { known.isFull }

    /// The merged parts: protobuf wants a message that occurs twice to be one.
    mutating func resource(_ parts: [UnsafeRawBufferPointer]) throws(WireError) -> ResourceContext {
        guard parts.count == 1, parts[0].count <= 4_096 else { return try read(parts) }
        let lookup = known.key(parts[0])
        if let context = known.value(for: lookup) { return context }
        let context = try read(parts)
        known.insert(context, for: lookup)
        return context
    }

    /// What names the source of a metric, by Prometheus' rules for OTLP: `job` is the service, `instance` its instance.
    func labels(_ parts: [UnsafeRawBufferPointer]) throws(WireError) -> [String: String] {
        let values = try attributes(parts)
        func text(_ name: String) -> String? {
            guard let text = values[name]?.text, !text.isEmpty else { return nil }
            return PrintableText.cleaned(Redaction.redacted(text)).prefix(utf8: limits.keptValueBytes)
        }
        var labels = ["job": text("service.name") ?? ResourceContext.unknownService]
        if let namespace = text("service.namespace") { labels["job"] = namespace + "/" + (text("service.name") ?? "") }
        labels["instance"] = text("service.instance.id") ?? text("host.name")
        return labels
    }

    private func read(_ parts: [UnsafeRawBufferPointer]) throws(WireError) -> ResourceContext {
        let values = try attributes(parts)
        return ResourceContext(attributes: values, vocabulary: vocabulary, limiter: limiter)
    }

    private func attributes(_ parts: [UnsafeRawBufferPointer]) throws(WireError) -> [String: AttributeValue] {
        var values: [String: AttributeValue] = [:]
        for part in parts {
            var fields = 0
            var reader = WireReader(part)
            while let field = try reader.next() {
                fields += 1
                guard fields <= limits.fieldsPerSpan else { throw .tooLarge("a resource has too many attributes") }
                guard field.number == 1 else { continue }
                let attribute = try RawAttribute(try field.message())
                let key = String(decoding: attribute.key.prefix(limits.keptValueBytes), as: UTF8.self)
                values[key] = attribute.value.attributeValue(limits: limits)
            }
        }
        return values
    }
}

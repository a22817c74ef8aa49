import Telemetry

extension SyntheticRequest {
    /// A random tree of spans under one root, for property tests; the request lasts 1 µs to 100 ms.
    ///
    /// - Parameters:
    ///   - count: spans, the root included.
    ///   - overrun: share of spans that end after their parent, 0...1.
    ///   - services: how many services they are spread over.
    package func randomTree(spans count: Int, overrun: Double = 0.3, services: Int = 3) {
        var made: [(id: SpanID, service: Int, start: Int, end: Int)] = []
        let length = Int.random(in: 1_000...100_000_000, using: &random)
        end(after: .nanoseconds(length))
        for index in 0..<count {
            // Few grid points, so that starts and ends often coincide.
            let step = max(1, length / 40)
            guard let parent = made.randomElement(using: &random) else {
                let root = (start: Int.random(in: 0...step, using: &random), end: length - step)
                let id = span("s0", "root", kind: .server, from: .nanoseconds(root.start), to: .nanoseconds(root.end))
                made.append((id, 0, root.start, root.end))
                continue
            }
            let start = parent.start + Int.random(in: 0...40, using: &random) * (parent.end - parent.start) / 40
            var end = start + Int.random(in: 0...40, using: &random) * (parent.end - start) / 40
            if Double.random(in: 0..<1, using: &random) < overrun {
                end = parent.end + Int.random(in: 0...8, using: &random) * step
            }
            let service = Int.random(in: 0..<services, using: &random)
            let kinds: [SpanKind] = [.internal, .client, .server, .client, .internal]
            let id = span(
                "s\(service)",
                "op\(index % 5)",
                kind: kinds[Int.random(in: 0..<kinds.count, using: &random)],
                from: .nanoseconds(start),
                to: .nanoseconds(end),
                parent: parent.id
            )
            made.append((id, service, start, end))
        }
    }
}

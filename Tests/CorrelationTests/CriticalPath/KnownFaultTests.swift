import Correlation
import Statistics
import Telemetry
import TestSupport
import Testing

/// Faults of CRISP and Jaeger that this walk must not repeat (`spec/analysis.md`, end of section 1).
@Suite struct KnownFaultTests {
    private struct Piece {
        var name: String
        var from: Int
        var to: Int
        var children: [Piece] = []

        init(_ name: String, _ from: Int, _ to: Int, _ children: [Piece] = []) {
            (self.name, self.from, self.to, self.children) = (name, from, to, children)
        }
    }

    /// One request of 100 ms whose root is `root`; times in milliseconds; `reversed` turns the order of arrival round.
    private func walk(_ root: Piece, reversed: Bool = false) throws -> WalkedRequest {
        let run = SyntheticRun(requests: 1) { request in
            func add(_ piece: Piece, under parent: SpanID?) {
                let id = request.span(
                    "shop",
                    piece.name,
                    kind: parent == nil ? .server : .internal,
                    from: .milliseconds(piece.from),
                    to: .milliseconds(piece.to),
                    parent: parent
                )
                for child in piece.children { add(child, under: id) }
            }
            add(root, under: nil)
            request.end(after: .milliseconds(100))
        }
        let rows = run.spans.indices.map { UInt32($0) }
        let walked = try #require(
            WalkedRequest.all(of: run, spans: run.spans.selecting(reversed ? rows.reversed() : rows)).first
        )
        #expect(walked.tiles)
        #expect(walked.confidence != nil)
        return walked
    }

    private func milliseconds(_ walked: WalkedRequest) -> [String] {
        walked.segments.map { segment in
            "\(segment.name) \(segment.start / 1_000_000)-\(segment.end / 1_000_000)"
                + (segment.overlappedBy.map { " over \($0)" } ?? "")
        }
    }

    @Test func `an overlap above 1 % does not lose the earlier sibling (CRISP)`() throws {
        let walked = try walk(Piece("root", 0, 100, [Piece("a", 10, 60), Piece("b", 50, 100)]))
        #expect(milliseconds(walked) == ["root 0-10", "root 10-50 over a", "b 50-100"])
        #expect(walked.confidence == 0.6)
    }

    @Test func `a zero-length sibling does not break the chain (CRISP)`() throws {
        let walked = try walk(
            Piece("root", 0, 100, [Piece("a", 0, 50), Piece("instant", 50, 50), Piece("b", 50, 100)])
        )
        #expect(milliseconds(walked) == ["a 0-50", "b 50-100"])
    }

    @Test func `equal end times give one path, whatever the order (CRISP, Jaeger)`() throws {
        let tree = Piece("root", 0, 100, [Piece("a", 20, 90), Piece("b", 30, 90), Piece("c", 20, 90)])
        let (one, other) = (try walk(tree), try walk(tree, reversed: true))
        #expect(one.segments == other.segments)
        #expect(one.segments.count == 3)
    }

    @Test func `a fire-and-forget child takes nothing of the path (CRISP)`() throws {
        let walked = try walk(Piece("root", 0, 100, [Piece("audit", 5, 900)]))
        #expect(milliseconds(walked) == ["root 0-100"])
        #expect(walked.confidence == 1)
    }

    @Test func `touching siblings are both on the path (Jaeger 9148, 9173)`() throws {
        let walked = try walk(
            Piece("root", 0, 100, [Piece("a", 0, 30), Piece("b", 30, 70), Piece("c", 70, 100)])
        )
        #expect(milliseconds(walked) == ["a 0-30", "b 30-70", "c 70-100"])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a chain 100,000 deep is walked to its end (CRISP)`() throws {
        let run = SyntheticRun(requests: 1) { request in
            var parent: SpanID?
            for depth in 0..<100_000 {
                let (start, end) = (Duration.nanoseconds(depth), Duration.nanoseconds(300_000 - depth))
                parent = request.span("shop", "d\(depth % 7)", from: start, to: end, parent: parent)
            }
            request.end(after: .nanoseconds(300_000))
        }
        let walked = try #require(WalkedRequest.all(of: run).first)
        #expect(walked.tiles)
        // Two segments a span but for the innermost; the outermost fills the request.
        #expect(walked.segments.count == 199_999)
        #expect(run.correlated().tests[0].profile.foldedPaths > 0)
    }

    @Test(.timeLimit(.minutes(1)))
    func `100,000 siblings are walked`() throws {
        let run = SyntheticRun(requests: 1) { request in
            let root = request.span("shop", "root", kind: .server, from: .zero, to: .nanoseconds(300_000))
            for place in 0..<100_000 {
                let (start, end) = (Duration.nanoseconds(place * 3), Duration.nanoseconds(place * 3 + 2))
                request.span("shop", "step", from: start, to: end, parent: root)
            }
            request.end(after: .nanoseconds(300_000))
        }
        let walked = try #require(WalkedRequest.all(of: run).first)
        #expect(walked.time == ["step": 200_000, "root": 100_000])
        let profile = run.correlated().tests[0].profile
        #expect(profile.paths.map(\.calls) == [1, 1, 100_000])
    }

    @Test func `the text false is not an error (CRISP)`() throws {
        // What an error is, is the decoder's to say, in a flag; no text of an attribute is read as one here.
        let run = SyntheticRun(requests: 1) { $0.server("shop", "GET /cart") }
        var spans = SpanTable()
        let (name, value) = (run.vocabulary.intern("error"), run.vocabulary.intern("false"))
        let attribute = run.vocabulary.intern(key: name, value: value)
        spans.append(
            SpanFields(
                traceID: run.spans.traceID(of: 0),
                spanID: SpanID(run.spans.spanID[0]),
                parentID: SpanID(run.spans.parentID[0]),
                startNanoseconds: run.spans.startNanoseconds[0],
                endNanoseconds: run.spans.endNanoseconds[0],
                operation: run.spans.operation[0],
                kind: run.spans.kind[0]
            ),
            attributes: [attribute]
        )
        #expect(run.correlated(spans: spans).tests[0].profile.paths.map(\.errors) == [0, 0])
    }
}

import Correlation
import Telemetry
import TestSupport
import Testing

@Suite struct LinkedMessageTests {
    private func run(lag: Duration = .milliseconds(40), seed: UInt64 = 3) -> SyntheticRun {
        SyntheticRun(requests: 20, seed: seed) { request in
            request.server("shop", "POST /orders") { shop in
                shop.work(.milliseconds(1))
                shop.publishLinked("order", to: "mailer", lag: lag, work: .milliseconds(2))
            }
        }
    }

    private func correlate(_ run: SyntheticRun, _ stored: StoredSpans) -> CorrelatedRun {
        Correlator(numbering: run.numbering, vocabulary: run.vocabulary)
            .correlate(run.load, testNames: run.testNames, spans: stored, rejectedSpans: 0)
    }

    @Test func `a consumer in a trace of its own is found by its link`() {
        let run = run().correlated()
        #expect(run.messages.count == 20)
        for message in run.messages {
            #expect(run.spans.kind[message.producer] == .producer)
            #expect(run.vocabulary.operation(message.consumer).service == "mailer")
            #expect(message.takenAt - run.spans.endNanoseconds[message.producer] == 40_000_000)
        }
        #expect(run.completeness.foreignSpans == 20)
        #expect(run.messages.map(\.producer) == run.messages.map(\.producer).sorted())
    }

    @Test func `links in another order and links that came twice change nothing`() {
        let run = run()
        var stored = run.stored
        stored.notes.links = stored.notes.links.reversed() + stored.notes.links
        #expect(correlate(run, stored).messages == run.correlated().messages)
    }

    @Test func `links to spans that did not come, or that sent no message, are none`() {
        let run = run()
        var stored = run.stored
        stored.foreignSpans = SpanTable()
        #expect(correlate(run, stored).messages.isEmpty)
        stored = run.stored
        let root = run.spans.indices.first { run.spans.kind[$0] == .server }
        stored.notes.links = stored.notes.links.map { link in
            var link = link
            link.linkedTraceID = run.spans.traceID(of: root ?? 0)
            link.linkedSpanID = SpanID(run.spans.spanID[root ?? 0])
            return link
        }
        #expect(correlate(run, stored).messages.isEmpty)
    }

    @Test func `a consumer that is its producer's child is left to its parent`() {
        let run = SyntheticRun(requests: 5, seed: 4) { request in
            request.server("shop", "POST /orders") { shop in
                shop.publish("order", to: "mailer", lag: .milliseconds(5)) { $0.work(.milliseconds(1)) }
            }
        }
        var stored = run.stored
        let spans = run.spans
        for row in spans.indices where spans.kind[row] == .consumer {
            stored.notes.links.append(
                SpanLink(
                    traceID: spans.traceID(of: row),
                    spanID: SpanID(spans.spanID[row]),
                    linkedTraceID: spans.traceID(of: row),
                    linkedSpanID: SpanID(spans.parentID[row])
                )
            )
        }
        #expect(stored.notes.links.count == 5)
        #expect(correlate(run, stored).messages.isEmpty)
    }
}

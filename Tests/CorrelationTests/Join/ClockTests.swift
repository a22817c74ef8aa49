import Correlation
import Telemetry
import TestSupport
import Testing

@Suite struct ClockTests {
    /// Two hosts that call one another; `skew` nanoseconds are added to the second one's times.
    private func run(skew: Int64, requests: Int = 200) -> (honest: CorrelatedRun, skewed: CorrelatedRun) {
        let run = SyntheticRun(requests: requests, seed: 3) { request in
            request.server("front", "GET /", network: .milliseconds(1)) { front in
                front.work(.milliseconds(2), jitter: 0.3)
                front.call("back", "GET /items", network: .milliseconds(1)) { back in
                    back.work(.milliseconds(3), jitter: 0.5)
                    back.query("SELECT items", "SELECT 1", .milliseconds(1))
                }
            }
        }
        let services = run.spans.indices.map { run.vocabulary.operation(run.spans.operation[$0]).service }
        let moved = run.spans.shiftingTimes { services[$0] == "back" ? skew : 0 }
        return (run.correlated(), run.correlated(spans: moved))
    }

    @Test(arguments: [-40_000_000, -2_500_000, 2_500_000, 70_000_000])
    func `a clock that is off is put right for the whole run`(skew: Int64) throws {
        let (honest, skewed) = run(skew: skew)
        let offset = try #require(skewed.clocks.first { $0.from == "front" && $0.to == "back" })
        #expect(abs(offset.offsetNanoseconds + skew) <= Int64(offset.uncertaintyNanoseconds) + 1)
        #expect(offset.uncertaintyNanoseconds < 700_000)
        #expect(offset.agreement > 0.97)
        #expect(skewed.completeness.coverage == 1)
        // The same critical path but for where the network's time lies.
        let paths = zip(honest.tests[0].profile.paths, skewed.tests[0].profile.paths)
        for (before, after) in paths {
            #expect(before.frame == after.frame)
            let difference = abs(Double(before.criticalNanoseconds) - Double(after.criticalNanoseconds))
            #expect(difference / Double(honest.tests[0].profile.traces) < 1_000_000, "\(before.frame.label)")
        }
    }

    @Test func `clocks that may agree are left alone`() {
        let (honest, slightly) = run(skew: 200_000)
        #expect(honest.clocks.allSatisfy { $0.isZero && $0.calls == 200 })
        #expect(slightly.clocks.allSatisfy { $0.isZero })
        #expect(slightly.spans.startNanoseconds != honest.spans.startNanoseconds)
    }

    @Test func `a few calls say nothing about clocks`() {
        #expect(run(skew: 70_000_000, requests: 10).skewed.clocks.isEmpty)
    }

    @Test func `a span's context is what the walk found`() throws {
        let honest = run(skew: 0).honest
        let context = honest.context
        #expect(context.caller.count == honest.spans.count)
        let profile = honest.tests[0].profile
        var critical = [UInt64](repeating: 0, count: profile.paths.count)
        for row in honest.spans.indices {
            #expect(context.marks[row].contains(.walked))
            let path = profile.paths[Int(context.path[row])]
            #expect(path.frame.operation == honest.vocabulary.operation(honest.spans.operation[row]))
            critical[Int(context.path[row])] += context.critical[row]
            for child in context.children(of: row) { #expect(context.parent(of: child) == row) }
        }
        for (index, path) in profile.paths.enumerated() where path.frame.synthetic == nil {
            let edge = profile.paths.first { $0.parent == index && $0.frame.synthetic == .network }
            #expect(critical[index] == path.criticalNanoseconds + (edge?.criticalNanoseconds ?? 0))
        }
    }
}

import Analysis
import Correlation
import Telemetry
import Testing

@Suite struct TailShiftTests {
    private func profile(tail: [UInt64], traces: Int?) -> EndpointProfile {
        var profile = EndpointProfile(endpoint: "GET /cart", traces: 200)
        profile.tailTraces = traces
        profile.paths = tail.enumerated().map { index, nanoseconds in
            let operation = OperationKey(service: "shop", name: "operation \(index)", kind: .internal)
            var path = PathProfile(
                frame: PathFrame(operation: operation, synthetic: nil),
                parent: index == 0 ? nil : 0
            )
            path.tailNanoseconds = nanoseconds
            return path
        }
        return profile
    }

    @Test func `paths share out the change of what slow requests take`() {
        let before = profile(tail: [10_000_000, 30_000_000], traces: 10)
        let after = profile(tail: [40_000_000, 60_000_000, 100_000_000], traces: 20)
        let shifts = (0..<3).compactMap { index in
            let old = before.paths.indices.contains(index) ? before.paths[index] : nil
            return TailShift(of: (old, after.paths[index]), in: (before, after))
        }
        #expect(shifts.map(\.delta) == [1, 0, 5])
        #expect(shifts.reduce(0) { $0 + $1.before } == 4)
        #expect(shifts.reduce(0) { $0 + $1.after } == 10)
    }

    @Test(arguments: [nil, 0] as [Int?])
    func `without a cohort on either side there is none`(_ traces: Int?) {
        let (some, none) = (profile(tail: [1], traces: 10), profile(tail: [1], traces: traces))
        #expect(TailShift(of: (none.paths[0], some.paths[0]), in: (none, some)) == nil)
        #expect(TailShift(of: (some.paths[0], none.paths[0]), in: (some, none)) == nil)
    }
}

import Correlation
import Telemetry
import Testing

@Suite struct SeriesStoreTests {
    private static func point(_ name: String, _ instance: String, at time: UInt64, _ value: Double = 1) -> MetricPoint {
        MetricPoint(name: name, labels: ["instance": instance], kind: .gauge, value: value, timeNanoseconds: time)
    }

    @Test func `answers by name and window, series by label, points by time`() {
        let store = SeriesStore()
        store.append([
            SeriesStoreTests.point("cpu", "b", at: 30, 3), SeriesStoreTests.point("cpu", "b", at: 10, 1),
            SeriesStoreTests.point("cpu", "b", at: 20, 2), SeriesStoreTests.point("cpu", "a", at: 20, 4),
            SeriesStoreTests.point("cpu", "c", at: 90), SeriesStoreTests.point("memory", "a", at: 20),
        ])
        let found = store.points(named: "cpu", from: 10, to: 20)
        #expect(found.map { $0.labels["instance"] } == ["a", "b"])
        #expect(found.map { $0.points.map(\.value) } == [[4], [1, 2]])
        #expect(store.points(named: "disk", from: 0, to: .max).isEmpty)
        #expect(store.names == ["cpu", "memory"])
        #expect(store.dropped == 0)
    }

    @Test func `counts points beyond its limits`() {
        let store = SeriesStore(limits: SeriesLimits(series: 2, points: 3))
        #expect(store.append(["a", "b", "c"].map { SeriesStoreTests.point("cpu", $0, at: 1) }) == 1)
        #expect(store.append([2, 3].map { SeriesStoreTests.point("cpu", "a", at: $0) }) == 1)
        #expect(store.dropped == 2)
        #expect(store.points(named: "cpu", from: 0, to: 9).map(\.points.count) == [2, 1])
    }
}

/// Makes metrics small enough to be stored with a run and drawn beside its latency.
package enum MetricTimeline {
    /// A chart has no more columns than this.
    package static let pointLimit = 240
    /// More series than this no reader tells apart.
    private static let seriesLimit = 24

    /// Mean values over equal stretches of points, in order of kind, service and instance.
    package static func thinned(_ series: [ResourceSeries]) -> [ResourceSeries] {
        let kinds = ResourceSeries.Kind.allCases
        func place(_ one: ResourceSeries) -> (Int, String, String) {
            (kinds.firstIndex(of: one.kind) ?? kinds.count, one.service, one.instance ?? "")
        }
        let shown = series.filter { $0.points.count > 1 }.sorted { place($0) < place($1) }
        return shown.prefix(seriesLimit).map { one in
            var thinned = one
            let width = (one.points.count + pointLimit - 1) / pointLimit
            guard width > 1 else { return one }
            thinned.points = stride(from: 0, to: one.points.count, by: width).map { start in
                let part = one.points[start..<min(start + width, one.points.count)]
                let mean = part.reduce(0) { $0 + $1.value } / Double(part.count)
                return ResourceSeries.Point(time: part[start + part.count / 2].time, value: mean)
            }
            return thinned
        }
    }
}

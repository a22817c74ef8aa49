/// Sums over series that are sampled at different moments.
enum SeriesSum {
    /// The sum at each moment at which any series has a point, from the moment all of them have had one.
    ///
    /// A series keeps its value until its next point; a stale marker ends it. Points in order of time.
    static func values(_ series: [[MetricSeries.Point]]) -> [Double] {
        let events = series.enumerated()
            .flatMap { index, points in points.map { (series: index, point: $0) } }
            .sorted { $0.point.timeNanoseconds < $1.point.timeNanoseconds }
        var current = [Double?](repeating: nil, count: series.count)
        var missing = series.count { !$0.isEmpty }
        var begun = [Bool](repeating: false, count: series.count)
        var sums: [Double] = []
        for (position, event) in events.enumerated() {
            current[event.series] = event.point.isStale || event.point.value.isNaN ? nil : event.point.value
            if !begun[event.series] {
                begun[event.series] = true
                missing -= 1
            }
            let next = position + 1 < events.count ? events[position + 1].point.timeNanoseconds : .max
            guard missing == 0, next > event.point.timeNanoseconds, current.contains(where: { $0 != nil }) else {
                continue
            }
            sums.append(current.reduce(0) { $0 + ($1 ?? 0) })
        }
        return sums
    }

    /// Growth a second from each point to the next; after a reset the counter began at zero.
    static func slopes(of points: [MetricSeries.Point]) -> [MetricSeries.Point] {
        let present = points.filter { !$0.isStale }
        return zip(present, present.dropFirst()).compactMap { before, after in
            let seconds = Double(after.timeNanoseconds - before.timeNanoseconds) / 1e9
            guard seconds > 0 else { return nil }
            let step = after.value >= before.value ? after.value - before.value : after.value
            return MetricSeries.Point(timeNanoseconds: after.timeNanoseconds, value: step / seconds)
        }
    }
}

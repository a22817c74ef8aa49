/// What a `SeriesStore` may hold; what is beyond finds no room and is counted.
package struct SeriesLimits: Sendable, Hashable {
    package var series: Int
    /// Over all series; a native histogram counts as one point a bucket.
    package var points: Int
    /// Over all series.
    package var exemplars: Int

    package init(series: Int = 20_000, points: Int = 2_000_000, exemplars: Int = 100_000) {
        self.series = series
        self.points = points
        self.exemplars = exemplars
    }
}

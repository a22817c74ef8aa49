/// What one scrape may bring; more drops the whole scrape.
package struct ExpositionLimits: Sendable, Hashable {
    package var bodyBytes: Int
    package var series: Int
    package var labelsPerSeries: Int
    /// Of a metric name, a label name or a label value.
    package var textBytes: Int

    package init(
        bodyBytes: Int = 16 << 20,
        series: Int = 50_000,
        labelsPerSeries: Int = 64,
        textBytes: Int = 4_096
    ) {
        self.bodyBytes = bodyBytes
        self.series = series
        self.labelsPerSeries = labelsPerSeries
        self.textBytes = textBytes
    }
}

/// The last values of a number as a row of small bars, from zero up.
struct Sparkline {
    private static let bars = Array("▁▂▃▄▅▆▇█")
    private static let length = 20

    private var values: [Double] = []

    mutating func append(_ value: Double) {
        values.append(max(0, value))
        if values.count > Self.length { values.removeFirst() }
    }

    /// Empty before there are two values.
    var text: String {
        guard values.count > 1, let most = values.max(), most > 0 else { return "" }
        let top = Double(Self.bars.count - 1)
        return String(values.map { Self.bars[Int(($0 / most * top).rounded())] })
    }
}

/// The offset that most of many calls allow.
///
/// A synchronous call of `client` and `server` allows every θ with `client.start <= server.start + θ` and
/// `server.end + θ <= client.end`: one interval a call. The clocks' true offset lies in nearly all of them, so thousands
/// of calls leave a narrow stretch. Source: `spec/analysis.md` section 4.
struct OffsetIntervals {
    /// Share of calls that may disagree: their server went on after the client gave up, or spans are wrong.
    static let outlierShare = 0.02

    /// More calls of one pair of hosts add memory and nothing else.
    static let limit = 20_000

    private var edges: [(value: Int64, step: Int)] = []
    private(set) var count = 0

    /// Adds one call's interval, in nanoseconds; one that is empty tells nothing.
    mutating func add(from low: Int64, to high: Int64) {
        guard low <= high, count < OffsetIntervals.limit else { return }
        count += 1
        edges.append((low, 1))
        edges.append((high, -1))
    }

    /// The stretch that most intervals cover; `nil` when they agree on none.
    func estimate() -> (low: Int64, high: Int64, agreement: Double)? {
        guard count > 0 else { return nil }
        // At one place intervals begin before others end: their boundaries belong to them.
        let sorted = edges.sorted { ($0.value, -$0.step) < ($1.value, -$1.step) }
        let enough = Int((Double(count) * (1 - OffsetIntervals.outlierShare)).rounded(.up))
        var (covering, most) = (0, 0)
        var (low, high): (Int64?, Int64?) = (nil, nil)
        var lastEnough: (low: Int64, high: Int64)?
        for edge in sorted {
            if edge.step > 0 {
                covering += 1
                if covering > most { (most, low, high) = (covering, edge.value, nil) }
                if covering == enough, lastEnough == nil { lastEnough = (edge.value, edge.value) }
            } else {
                if covering == most, high == nil { high = edge.value }
                if covering >= enough, let known = lastEnough { lastEnough = (known.low, edge.value) }
                covering -= 1
            }
        }
        guard let low, let high else { return nil }
        // Where nearly all agree, the wider stretch is the honest one.
        let stretch = lastEnough ?? (low, high)
        return (stretch.low, stretch.high, Double(most) / Double(count))
    }
}

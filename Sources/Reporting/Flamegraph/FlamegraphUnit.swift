/// What a flamegraph measures, and how its numbers read.
enum FlamegraphUnit: Hashable {
    case millisecondsPerRequest
    /// Of a profiler: counts, nanoseconds, bytes or whatever it calls them.
    case samples(of: String)

    func text(_ value: Double) -> String {
        switch self {
        case .millisecondsPerRequest: Quantity.milliseconds(value)
        case .samples("nanoseconds"): Quantity.milliseconds(value / 1e6)
        case .samples("microseconds"): Quantity.milliseconds(value / 1e3)
        case .samples("bytes"): FlamegraphUnit.bytes(value)
        case .samples(let noun): "\(Quantity.count(Quantity.whole(value))) \(noun)"
        }
    }

    func signed(_ value: Double) -> String {
        if case .millisecondsPerRequest = self { return Quantity.signedMilliseconds(value) }
        return (value < 0 ? "−" : "+") + text(value.magnitude)
    }

    /// What stands behind a frame's number: ` per request`, or nothing.
    var suffix: String { self == .millisecondsPerRequest ? " per request" : "" }

    private static func bytes(_ value: Double) -> String {
        var (rest, steps) = (value, 0)
        let names = ["B", "KiB", "MiB", "GiB", "TiB"]
        while rest >= 1024, steps < names.count - 1 { (rest, steps) = (rest / 1024, steps + 1) }
        return "\(Quantity.mean(rest)) \(names[steps])"
    }
}

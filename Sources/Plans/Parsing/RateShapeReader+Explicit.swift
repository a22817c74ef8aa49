/// Shapes that a plan spells out: stages, a sine, times to replay.
extension RateShapeReader {
    /// A shape that the plan spells out; `nil` in it after reporting what is wrong.
    struct Explicit {
        var shape: RateShape?
    }

    /// `nil` when the plan spells none out.
    var explicit: Explicit? {
        let given = ["stages", "sine", "replay"].compactMap { key in settings.own(key).map { (key, $0) } }
        guard let (key, value) = given.first else { return nil }
        guard given.count == 1 else {
            given[1].1.error("`\(key)` gives the shape already; keep one of them")
            return Explicit(shape: nil)
        }
        guard [.load, .spike, .soak, .composite].contains(type) else {
            value.error("a \(type.rawValue) test makes its own rates; remove the key")
            return Explicit(shape: nil)
        }
        switch key {
        case "stages": return Explicit(shape: stages(value))
        case "sine": return Explicit(shape: sine(value))
        default: return Explicit(shape: replay(value))
        }
    }

    /// A rate of two lines, one behind the other: a jump where `from` is given, else a ramp from where the last ended.
    private func stages(_ value: YAMLValue) -> RateShape? {
        let example = "stages: [{ rps: 100, for: 30s }, { rps: 500, for: 1m, from: 500 }]"
        guard let list = value.list(example: example) else { return nil }
        var stages: [RateShape.Stage] = []
        var last = 0.0
        for entry in list {
            guard let map = entry.map(KnownKeys(known: ["rps", "for", "from"]), example: example) else { return nil }
            let from = map["from"].map { rate($0, example: example) }
            let to = map.required("rps", example: example).flatMap { rate($0, example: example) }
            let length = map.required("for", example: example).flatMap { $0.duration(example: example) }
            guard let to, let length, from != .some(nil) else { return nil }
            stages.append(RateShape.Stage(from: (from ?? nil) ?? last, to: to, duration: length))
            last = to
        }
        guard stages.contains(where: { $0.from > 0 || $0.to > 0 }) else {
            value.error("no stage has a rate; example: `\(example)`")
            return nil
        }
        return RateShape(stages: stages)
    }

    private func sine(_ value: YAMLValue) -> RateShape? {
        let example = "sine: { amplitude: 50, period: 1m }"
        let mean = settings.required("rps", example: "rps: 100").flatMap { $0.rate(example: "rps: 100") }
        let length = settings.required("duration", example: "duration: 5m")
            .flatMap { $0.duration(example: "duration: 5m") }
        guard let map = value.map(KnownKeys(known: ["amplitude", "period"]), example: example) else { return nil }
        let amplitude = map.required("amplitude", example: example).flatMap { $0.rate(example: example) }
        let period = map.required("period", example: example).flatMap { $0.duration(example: example) }
        guard let mean, let length, let amplitude, let period else { return nil }
        guard amplitude <= mean else {
            value.error("the amplitude \(amplitude) is above `rps` (\(mean)), so the rate would fall below zero")
            return nil
        }
        let wave = RateShape.Wave(amplitude: amplitude, period: period)
        return RateShape(stages: [RateShape.Stage(from: mean, to: mean, duration: length, wave: wave)])
    }

    /// A file with a duration on each line, or a list of them.
    private func replay(_ value: YAMLValue) -> RateShape? {
        let example = "replay: arrivals.txt"
        var times: [Duration] = []
        if value.scalarText == nil {
            guard let list = value.list(example: "replay: [0ms, 15ms, 400ms]") else { return nil }
            times = list.compactMap { $0.duration(allowsZero: true, example: "replay: [0ms, 15ms, 400ms]") }
            guard times.count == list.count else { return nil }
        } else {
            guard let contents = files.contents(value, example: example) else { return nil }
            for (index, line) in String(decoding: contents, as: UTF8.self).split(separator: "\n").enumerated() {
                let text = line.trimmingBlanks
                if text.isEmpty || text.hasPrefix("#") { continue }
                guard let time = Quantity.duration(String(text)) else {
                    value.error("line \(index + 1) is no time from the start such as `1.5s` or `200ms`")
                    return nil
                }
                times.append(time)
            }
        }
        guard !times.isEmpty else {
            value.error("there is no time in it; example: `\(example)`")
            return nil
        }
        return RateShape(replay: times)
    }

    private func rate(_ value: YAMLValue, example: String) -> Double? {
        let range = 0...RateShapeReader.largestRate
        return value.number("a number of requests per second from 0 to 1000000", in: range, example: example)
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        var rest = self
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        return rest
    }
}

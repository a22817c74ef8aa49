import Telemetry

/// The answer of `/api/v1/query_range`.
struct RangeAnswer: Decodable {
    struct Matrix: Decodable {
        var result: [Series]

        var points: [MetricPoint] { result.flatMap(\.points) }
    }

    struct Series: Decodable {
        var metric: [String: String]
        var values: [Value]?

        var points: [MetricPoint] {
            var labels = metric
            let name = labels.removeValue(forKey: "__name__") ?? ""
            ServiceLabel.add(to: &labels)
            return (values ?? []).map { value in
                MetricPoint(
                    name: name,
                    labels: labels,
                    kind: .unknown,
                    value: value.number,
                    timeNanoseconds: value.timeNanoseconds
                )
            }
        }
    }

    /// One sample: `[1435781451.781, "1"]`.
    struct Value: Decodable {
        var timeNanoseconds: UInt64
        var number: Double

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            let seconds = try list.decode(Double.self)
            let text = try list.decode(String.self)
            guard let time = UInt64(exactly: (seconds * 1000).rounded()), time < UInt64.max / 1_000_000,
                let number = Double(text)
            else {
                throw DecodingError.dataCorruptedError(in: list, debugDescription: "no sample: \(seconds), \(text)")
            }
            timeNanoseconds = time * 1_000_000
            self.number = number
        }
    }

    var data: Matrix
}

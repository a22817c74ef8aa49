package import Analysis
package import Correlation
import Telemetry

/// A shop whose payments are deployed: the windows around it, as the service would have stored them.
package enum SampleDeploy {
    /// A whole minute of September 2026, Unix nanoseconds.
    package static let start: UInt64 = 1_789_990_020_000_000_000
    package static let minutesBefore = 40
    package static let minute = TelemetryWindow.length

    package static let marker = DeployMarker(
        service: "payment",
        version: "1.4.2",
        at: start + UInt64(minutesBefore) * minute,
        source: .declared
    )

    /// Minutes from `start` on, `after` of them after the deploy; charges take `slowdown` times as long then.
    package static func windows(after: Int, slowdown: Double = 1, seed: UInt64 = 7) -> [TelemetryWindow] {
        let shop = [SyntheticOperation].shop
        var faulty = shop
        if let place = shop.index(of: "POST /charge") { faulty[place].milliseconds *= slowdown }
        var traffic = SyntheticTraffic(
            start: start,
            minutes: minutesBefore + after,
            services: Array(Set(shop.map(\.key.service))).sorted(),
            requestsPerSecond: 3,
            loadDeviation: 0.05,
            loadMemory: 0.9,
            seed: seed
        )
        return (0..<(minutesBefore + after)).map { minute in
            traffic.window(minute: minute, parts: [SyntheticTraffic.Part(minute < minutesBefore ? shop : faulty)])
        }
    }
}

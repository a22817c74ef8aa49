import Statistics
package import Telemetry

/// Makes the load side of a sample report: latencies, seconds, and books that balance.
package enum SampleLoad {
    /// Latencies around `median` milliseconds in a window of `seconds`, after five of warm-up.
    package static func make(
        test: Int,
        rate: Int,
        seconds: Int,
        median: Double,
        failures: [RequestOutcome: UInt64] = [:],
        startedAt: UInt64,
        seed: UInt64
    ) -> TestLoad {
        var noise = SampleNoise(seed: seed)
        var load = TestLoad(test: test, startedAt: startedAt)
        let warmup = 5
        load.measuredFrom = startedAt + UInt64(warmup) * 1_000_000_000
        load.endedAt = load.measuredFrom + UInt64(seconds) * 1_000_000_000
        load.targetRate = Double(rate)
        var failed = failures.values.reduce(0, +)
        for second in 0..<(warmup + seconds) {
            var entry = LoadSecond()
            let cold = second < 2 ? 2.4 - 0.7 * Double(second) : 1
            for _ in 0..<rate {
                let service = UInt64(median * 1e6 * cold * noise.latencyFactor())
                let lag = UInt64(60_000 * noise.latencyFactor())
                entry.scheduled += 1
                entry.latency.record(service + lag)
                let fails = second >= warmup && failed > 0 && noise.uniform() < 0.05
                if fails { failed -= 1 }
                entry.failed += fails ? 1 : 0
                entry.answered += fails ? 0 : 1
                guard second >= warmup else { continue }
                load.latency.record(service + lag)
                load.serviceTime.record(service)
                load.scheduleLag.record(lag)
                load.phases.wait.record(service * 9 / 10)
                load.phases.receive.record(service / 10)
            }
            load.seconds.append(entry)
        }
        load.phases.dns.record(180_000)
        for _ in 0..<12 { load.phases.connect.record(240_000) }
        let total = UInt64(rate * seconds)
        let lost = failures.values.reduce(0, +) - failed
        load.ledger.scheduled = total
        load.ledger[.completed] = total - lost
        if let kind = failures.keys.sorted(by: { $0.rawValue < $1.rawValue }).first { load.ledger[kind] = lost }
        load.achievedRate = Double(total - lost) / Double(seconds)
        load.statusCodes = lost > 0 ? [200: total - lost, 503: lost] : [200: total]
        load.bytesSent = total * 312
        load.bytesReceived = total * 1874
        load.connectionsOpened = 12
        load.threadCPU = [0.083, 0.079]
        return load
    }
}

import Plans
import Statistics
import Telemetry

/// Turns the workers' reports into what a person looks at; a pure value.
struct ProgressMeter {
    private struct Window {
        /// Nanoseconds from the start of the schedule.
        var end: UInt64
        var length: UInt64
        var answers: UInt64
        var latency: LatencyHistogram
    }

    private let test: Int
    private let schedule: ArrivalSchedule
    private var windows: [Window] = []
    private var last: UInt64 = 0

    init(test: Int, schedule: ArrivalSchedule) {
        self.test = test
        self.schedule = schedule
    }

    /// Takes the workers' reports of just now, `elapsed` nanoseconds from the start of the schedule.
    mutating func progress(at elapsed: UInt64, _ reports: [WorkerProgress.Report]) -> LoadProgress {
        var window = Window(end: elapsed, length: elapsed - min(last, elapsed), answers: 0, latency: LatencyHistogram())
        last = elapsed
        var ledger = ArrivalLedger()
        for report in reports {
            ledger.merge(report.ledger)
            ledger.merge(report.warmup)
            window.answers += report.answers
            window.latency.merge(report.latency)
        }
        windows.append(window)
        windows.removeAll { $0.end + 1_000_000_000 <= elapsed }

        let seconds = Double(windows.reduce(0) { $0 + $1.length }) / 1e9
        let answers = windows.reduce(0) { $0 + $1.answers }
        var latency = LatencyHistogram()
        for window in windows { latency.merge(window.latency) }
        return LoadProgress(
            test: test,
            elapsed: .nanoseconds(Int64(clamping: elapsed)),
            total: .nanoseconds(Int64(clamping: schedule.end)),
            isWarmup: elapsed < schedule.measuredFrom,
            targetRate: schedule.rate(at: elapsed),
            rate: seconds > 0 ? Double(answers) / seconds : 0,
            p95Milliseconds: Double(latency.quantile(0.95)) / 1e6,
            errors: ledger.failed - ledger.dropped,
            dropped: ledger.dropped,
            inFlight: reports.reduce(0) { $0 + $1.inFlight },
            scheduled: ledger.scheduled,
            answered: ledger.answered
        )
    }
}

import Curl
import Plans

/// What one worker is told before its thread starts.
struct WorkerAssignment: Sendable {
    var testIndex: Int
    var test: TestDefinition
    var order: LoadOrder
    var worker: Int
    var workers: Int
    /// This worker's share of the test's connections, at least 1.
    var connections: Int
    var recipe: TestRecipe
    var start: ScheduleStart
    var sampleLimit: Int
    var settings: LoadSettings
    var waker: LoopWaker
    var stop: StopSignal
    var progress: WorkerProgress

    /// How long an arrival may wait for a connection, nanoseconds.
    var maxLag: UInt64 { UInt64(max(.zero, test.maxLag) / .nanoseconds(1)) }

    /// Past this lateness of the generator itself an arrival is dropped, nanoseconds.
    var lateLimit: UInt64 { UInt64(max(.zero, max(test.maxLag, settings.lagLimit)) / .nanoseconds(1)) }

    /// A request sent at the last moment still gets its whole timeout; the rest is for libcurl's millisecond timers.
    var drainNanoseconds: UInt64 {
        maxLag + UInt64(max(.zero, test.timeout) / .nanoseconds(1)) + 250_000_000
    }

    var graceNanoseconds: UInt64 { UInt64(max(.zero, settings.interruptionGrace) / .nanoseconds(1)) }
}

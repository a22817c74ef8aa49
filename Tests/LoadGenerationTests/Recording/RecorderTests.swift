import Curl
import Foundation
import Glibc
import LoadGeneration
import Statistics
import Telemetry
import Testing

@Suite struct RecorderTests {
    /// A million unless the environment says otherwise: `PLIMSOLL_RECORDS=50000000 swift test -c release …`.
    private static let records =
        ProcessInfo.processInfo.environment["PLIMSOLL_RECORDS"].flatMap(UInt64.init) ?? 1_000_000

    @Test func `memory does not grow with the number of requests`() {
        var recorder = Recorder()
        recorder.record(0..<50_000)
        let early = residentBytes()
        recorder.record(50_000..<RecorderTests.records)
        let late = residentBytes()
        #expect(recorder.tally.load.ledger.completed == RecorderTests.records)
        #expect(recorder.tally.load.latency.count == RecorderTests.records)
        #expect(recorder.tally.load.samples.count <= 10_000)
        // Other threads of the process allocate as well; a log of every request would be 30 MB a million.
        #expect(late < early + 8_000_000)
    }

    @Test func `two halves merged are the whole, bit for bit`() {
        var whole = Recorder()
        whole.record(0..<40_000)
        var even = Recorder()
        even.record(stride(from: 0, to: 40_000, by: 2))
        var odd = Recorder()
        odd.record(stride(from: 1, to: 40_000, by: 2))
        var merged = even.tally.finished()
        merged.merge(odd.tally.finished())
        let all = whole.tally.finished()
        #expect(merged.load.latency == all.load.latency)
        #expect(merged.load.serviceTime == all.load.serviceTime)
        #expect(merged.load.scheduleLag == all.load.scheduleLag)
        #expect(merged.load.phases == all.load.phases)
        #expect(merged.load.ledger == all.load.ledger)
        #expect(merged.load.seconds == all.load.seconds)
        for thousandth in 0...1000 {
            let q = Double(thousandth) / 1000
            #expect(merged.load.latency.quantile(q) == all.load.latency.quantile(q))
        }
    }

    // Resident pages of the process, from the kernel.
    private func residentBytes() -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0)
            * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}

/// Feeds a worker's tally with requests that never were: 10 ms in the median with a long tail, over a minute.
private struct Recorder {
    var tally = WorkerTally(
        test: 0,
        start: ScheduleStart(monotonic: 1_000_000_000, unix: 1_800_000_000_000_000_000),
        sampleLimit: 10_000,
        expectedSamples: 10_000
    )

    mutating func record(_ sequences: some Sequence<UInt64>) {
        for sequence in sequences {
            let arrival = Arrival(sequence: sequence, offset: sequence * 1000 % 60_000_000_000, isWarmup: false)
            let noise = sequence &* 0x9E37_79B9_7F4A_7C15 >> 40
            let sentAt = 1_000_000_000 + arrival.offset + noise % 50_000
            let finishedAt = sentAt + 5_000_000 + (noise % 1000 == 0 ? 900_000_000 : noise % 10_000_000)
            tally.recordTakeUp(arrival, lag: noise % 50_000)
            tally.record(
                RequestInFlight(arrival: arrival, sentAt: sentAt),
                number: sequence,
                .completed,
                TransferResult(
                    slot: 0,
                    finishedAt: finishedAt,
                    status: 200,
                    failure: nil,
                    bytesSent: 100,
                    bytesReceived: 200,
                    connectionsOpened: 0,
                    phases: TransferPhases(wait: finishedAt - sentAt, receive: 1000)
                ),
                finishedAt: finishedAt
            )
        }
    }
}

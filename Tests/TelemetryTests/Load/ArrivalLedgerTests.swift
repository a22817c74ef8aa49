import Telemetry
import Testing

struct ArrivalLedgerTests {
    private func ledger(_ counts: [RequestOutcome: UInt64]) -> ArrivalLedger {
        var ledger = ArrivalLedger()
        for (outcome, count) in counts { ledger[outcome] = count }
        ledger.scheduled = counts.values.reduce(0, +)
        return ledger
    }

    @Test func `balances when each arrival is in one bucket`() {
        var ledger = ledger([.completed: 5, .timeout: 1, .droppedAtCap: 2, .aborted: 1])
        #expect(ledger.isBalanced)
        ledger.scheduled += 1
        #expect(!ledger.isBalanced)
    }

    @Test func `a drop is a failure, an abort is not`() {
        let ledger = ledger([.completed: 6, .status: 1, .droppedLate: 1, .aborted: 10])
        #expect(ledger.failed == 2)
        #expect(ledger.dropped == 1)
        #expect(ledger.answered == 7)
        #expect(ledger.errorRate == 0.25)
    }

    @Test func `an empty ledger has no errors`() {
        #expect(ArrivalLedger().errorRate == 0)
        #expect(ArrivalLedger().isBalanced)
    }

    @Test func `merging adds every bucket`() {
        var sum = ledger([.completed: 1, .dns: 2])
        sum.merge(ledger([.completed: 3, .tls: 4]))
        #expect(sum == ledger([.completed: 4, .dns: 2, .tls: 4]))
    }

    @Test func `every outcome has its own name`() {
        #expect(Set(RequestOutcome.allCases.map(\.name)).count == RequestOutcome.allCases.count)
        #expect(RequestOutcome.allCases.allSatisfy { !($0.wasAnswered && $0.wasDropped) })
    }
}

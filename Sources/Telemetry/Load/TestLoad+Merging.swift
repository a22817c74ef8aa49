import Statistics

extension TestLoad {
    /// Adds the totals of other load of the same test; samples, seconds and steps are left alone.
    package mutating func addTotals(of other: TestLoad) {
        ledger.merge(other.ledger)
        latency.merge(other.latency)
        serviceTime.merge(other.serviceTime)
        scheduleLag.merge(other.scheduleLag)
        phases.merge(other.phases)
        concurrency.merge(other.concurrency)
        failureReasons.merge(other.failureReasons)
        statusCodes.merge(other.statusCodes, uniquingKeysWith: +)
        bytesSent += other.bytesSent
        bytesReceived += other.bytesReceived
        connectionsOpened += other.connectionsOpened
    }

    /// Adds per-second slots, those of `other` shifted by so many seconds.
    package mutating func addSeconds(of other: TestLoad, after shift: Int = 0) {
        guard !other.seconds.isEmpty else { return }
        let needed = shift + other.seconds.count
        while seconds.count < needed { seconds.append(LoadSecond()) }
        for (index, second) in other.seconds.enumerated() { seconds[shift + index].merge(second) }
    }
}

/// Request samples in columns, at most so many: 30 bytes a sample.
///
/// When it is full, half of what it holds is forgotten and from then on only that half of all further requests is kept;
/// which half is decided by a hash of the request's number. What is left is so a fair sample of the whole test, the same
/// on every thread, and never only its beginning. Durations above 2.1 s are kept to a microsecond, all others exactly.
package struct RequestLog: Sendable, RandomAccessCollection, ExpressibleByArrayLiteral {
    private var numbers: [UInt64] = []
    private var scheduled: [UInt64] = []
    private var lags: [UInt32] = []
    private var services: [UInt32] = []
    private var tests: [UInt16] = []
    private var statuses: [UInt16] = []
    private var outcomes: [RequestOutcome] = []
    private var steps: [UInt8] = []
    /// Requests are kept when so many of their hash's lowest bits are 0.
    package private(set) var thinning = 0

    package init() {}

    package init(arrayLiteral elements: RequestSample...) {
        self.init(elements)
    }

    package init(_ samples: some Sequence<RequestSample>) {
        for sample in samples { append(sample) }
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { numbers.count }

    package subscript(index: Int) -> RequestSample {
        get {
            let sentAt = scheduled[index] &+ RequestLog.unpack(lags[index])
            var sample = RequestSample(
                number: numbers[index],
                test: tests[index],
                statusCode: statuses[index],
                outcome: outcomes[index],
                scheduledAt: scheduled[index],
                sentAt: sentAt,
                finishedAt: sentAt &+ RequestLog.unpack(services[index])
            )
            sample.step = steps[index]
            return sample
        }
        set {
            numbers[index] = newValue.number
            scheduled[index] = newValue.scheduledAt
            lags[index] = RequestLog.pack(newValue.sentAt, after: newValue.scheduledAt)
            services[index] = RequestLog.pack(newValue.finishedAt, after: newValue.sentAt)
            tests[index] = newValue.test
            statuses[index] = newValue.statusCode
            outcomes[index] = newValue.outcome
            steps[index] = newValue.step
        }
    }

    /// Growing by copying could stall a loop for many milliseconds.
    package mutating func reserveCapacity(_ count: Int) {
        numbers.reserveCapacity(count)
        scheduled.reserveCapacity(count)
        lags.reserveCapacity(count)
        services.reserveCapacity(count)
        tests.reserveCapacity(count)
        statuses.reserveCapacity(count)
        outcomes.reserveCapacity(count)
        steps.reserveCapacity(count)
    }

    package mutating func append(_ sample: RequestSample) {
        numbers.append(sample.number)
        scheduled.append(sample.scheduledAt)
        lags.append(RequestLog.pack(sample.sentAt, after: sample.scheduledAt))
        services.append(RequestLog.pack(sample.finishedAt, after: sample.sentAt))
        tests.append(sample.test)
        statuses.append(sample.statusCode)
        outcomes.append(sample.outcome)
        steps.append(sample.step)
    }

    /// Appends what the thinning keeps, `limit` samples at most.
    ///
    /// - Returns: how many samples this lost, new or old.
    package mutating func append(_ sample: RequestSample, limit: Int) -> Int {
        guard limit > 0 else { return 1 }
        var lost = 0
        while count >= limit, thinning < 64 { lost += thin(to: thinning + 1) }
        guard RequestLog.isKept(sample.number, at: thinning) else { return lost + 1 }
        append(sample)
        return lost
    }

    /// Adds another thread's log of the same test, both thinned alike.
    ///
    /// - Returns: how many samples were lost for that.
    package mutating func merge(_ other: RequestLog) -> Int {
        var other = other
        let level = Swift.max(thinning, other.thinning)
        let lost = thin(to: level) + other.thin(to: level)
        self += other
        return lost
    }

    package static func += (left: inout RequestLog, right: RequestLog) {
        left.numbers += right.numbers
        left.scheduled += right.scheduled
        left.lags += right.lags
        left.services += right.services
        left.tests += right.tests
        left.statuses += right.statuses
        left.outcomes += right.outcomes
        left.steps += right.steps
    }

    /// Puts the samples in order of their request numbers.
    package mutating func sortByNumber() {
        // Logs of few workers are long runs in order, which this sort is quick with.
        let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
        numbers = order.map { numbers[$0] }
        scheduled = order.map { scheduled[$0] }
        lags = order.map { lags[$0] }
        services = order.map { services[$0] }
        tests = order.map { tests[$0] }
        statuses = order.map { statuses[$0] }
        outcomes = order.map { outcomes[$0] }
        steps = order.map { steps[$0] }
    }

    /// Forgets samples until the thinning is at a level.
    private mutating func thin(to level: Int) -> Int {
        guard level > thinning else { return 0 }
        thinning = level
        var kept = 0
        for index in numbers.indices where RequestLog.isKept(numbers[index], at: level) {
            if kept < index {
                numbers[kept] = numbers[index]
                scheduled[kept] = scheduled[index]
                lags[kept] = lags[index]
                services[kept] = services[index]
                tests[kept] = tests[index]
                statuses[kept] = statuses[index]
                outcomes[kept] = outcomes[index]
                steps[kept] = steps[index]
            }
            kept += 1
        }
        let lost = count - kept
        numbers.removeLast(lost)
        scheduled.removeLast(lost)
        lags.removeLast(lost)
        services.removeLast(lost)
        tests.removeLast(lost)
        statuses.removeLast(lost)
        outcomes.removeLast(lost)
        steps.removeLast(lost)
        return lost
    }

    private static func isKept(_ number: UInt64, at level: Int) -> Bool {
        guard level > 0 else { return true }
        // The finaliser of MurmurHash3: neighbouring numbers share no low bits.
        var hash = number &+ 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return (hash ^ (hash >> 33)).trailingZeroBitCount >= level
    }

    // Nanoseconds below 2^31; above, with the top bit set, units of 1024 of them.
    private static func pack(_ end: UInt64, after start: UInt64) -> UInt32 {
        guard end > start else { return 0 }
        let length = end - start
        return length < 1 << 31 ? UInt32(length) : 1 << 31 | UInt32(Swift.min(length >> 10, 1 << 31 - 1))
    }

    private static func unpack(_ packed: UInt32) -> UInt64 {
        packed < 1 << 31 ? UInt64(packed) : UInt64(packed & (1 << 31 - 1)) << 10
    }
}

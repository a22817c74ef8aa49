package import Correlation
import Glibc
import Statistics
import Telemetry

/// Makes the windows that a system under autocorrelated load leaves, without a single span.
///
/// Requests come at random at a fixed rate; every second has its load, an AR(1) process on log scale of which half the
/// variance is the whole system's and half each service's own (`spec/statistics.md` section 3.5, E3).
package struct SyntheticTraffic {
    /// A version of the system and the share of requests that it takes.
    package struct Part: Sendable {
        package var operations: [SyntheticOperation]
        package var share: Double
        /// By service; services that are not in it tell no version.
        package var versions: [String: String]

        package init(_ operations: [SyntheticOperation], share: Double = 1, versions: [String: String] = [:]) {
            self.operations = operations
            self.share = share
            self.versions = versions
        }
    }

    package let start: UInt64
    private let requestsPerSecond: Double
    private let loadDeviation: Double
    private let loadMemory: Double
    private let rhythm: SyntheticRhythm?
    private var random: SeededRandom
    private var loads: [String: [Double]] = [:]

    /// Traffic from `start`, Unix nanoseconds of a whole minute.
    ///
    /// `loadDeviation` is the standard deviation of the logarithm of the load, `loadMemory` its correlation from second to
    /// second.
    package init(
        start: UInt64,
        minutes: Int,
        services: [String],
        requestsPerSecond: Double,
        loadDeviation: Double,
        loadMemory: Double,
        rhythm: SyntheticRhythm? = nil,
        seed: UInt64
    ) {
        self.start = start
        self.requestsPerSecond = requestsPerSecond
        self.loadDeviation = loadDeviation
        self.loadMemory = loadMemory
        self.rhythm = rhythm
        random = SeededRandom(seed: seed)
        let common = process(seconds: minutes * 60)
        for service in services {
            let own = process(seconds: minutes * 60)
            loads[service] = zip(common, own).map { exp(loadDeviation * (0.5.squareRoot() * ($0 + $1))) }
            guard let rhythm else { continue }
            for minute in 0..<minutes {
                let factor = rhythm.slowness(of: service, at: start + UInt64(minute) * TelemetryWindow.length)
                for second in 0..<60 { loads[service]?[minute * 60 + second] *= factor }
            }
        }
    }

    /// A stationary AR(1) process of variance 1.
    private mutating func process(seconds: Int) -> [Double] {
        guard loadDeviation > 0 else { return [Double](repeating: 0, count: seconds) }
        let innovation = (1 - loadMemory * loadMemory).squareRoot()
        var value = SyntheticTraffic.normals.draw(&random)
        return (0..<seconds).map { _ in
            value = loadMemory * value + innovation * SyntheticTraffic.normals.draw(&random)
            return value
        }
    }

    /// The window of one minute, counted from `start`; a second call for the same minute has the same load.
    package mutating func window(minute: Int, parts: [Part]) -> TelemetryWindow {
        var drafts = parts.map { Draft($0) }
        let moment = start + UInt64(minute) * TelemetryWindow.length
        let rate = requestsPerSecond * 60 * (rhythm?.traffic(at: moment) ?? 1)
        let count = max(0, Int((rate + rate.squareRoot() * SyntheticTraffic.normals.draw(&random)).rounded()))
        var requests = (0..<count).map { _ in random.uniform() * 60 }
        requests.sort()
        for second in requests {
            var pick = random.uniform()
            let index = parts.firstIndex { part in
                pick -= part.share
                return pick < 0
            }
            request(at: second, minute: minute, draft: &drafts[index ?? 0])
        }
        return SyntheticTraffic.window(moment, drafts, requests: count)
    }

    private mutating func request(at second: Double, minute: Int, draft: inout Draft) {
        let bin = Int(second / 10)
        let place = minute * 60 + Int(second)
        var entry = random.uniform()
        for (index, operation) in draft.operations.enumerated() where operation.caller == nil {
            entry -= operation.calls
            if entry < 0 {
                _ = call(index, bin: bin, place: place, draft: &draft)
                return
            }
        }
    }

    /// - Returns: how long the call took in all, nanoseconds, and whether it failed.
    private mutating func call(_ index: Int, bin: Int, place: Int, draft: inout Draft) -> (UInt64, Bool) {
        let operation = draft.operations[index]
        var own = operation.milliseconds * 1e6 * exp(operation.deviation * SyntheticTraffic.normals.draw(&random))
        own *= loads[operation.key.service]?[place] ?? 1
        if operation.tailShare > 0, random.uniform() < operation.tailShare { own *= operation.tailFactor }
        var total = UInt64(own)
        var failed = operation.errorRate > 0 && random.uniform() < operation.errorRate
        if failed { draft.rows[index].errorTypes[operation.errorType, default: 0] += 1 }
        for callee in draft.callees[index] {
            let mean = draft.operations[callee].calls
            var times = Int(mean)
            if mean > Double(times), random.uniform() < mean - Double(times) { times += 1 }
            for _ in 0..<times {
                let (duration, hasFailed) = call(callee, bin: bin, place: place, draft: &draft)
                total += duration
                if hasFailed, !failed {
                    failed = true
                    draft.rows[index].errorTypes["UpstreamError", default: 0] += 1
                }
            }
        }
        draft.rows[index].own.record(UInt64(own))
        draft.rows[index].total.record(total)
        draft.rows[index].bins[bin].spans += 1
        draft.rows[index].bins[bin].logDurationSum += log(Double(max(1, total)))
        if failed {
            draft.rows[index].errors += 1
            draft.rows[index].bins[bin].errors += 1
        }
        return (total, failed)
    }

    /// What the requests of one part of a minute add up to.
    private struct Draft {
        let operations: [SyntheticOperation]
        let callees: [[Int]]
        var rows: [OperationWindow]

        init(_ part: Part) {
            operations = part.operations
            callees = part.operations.indices.map { caller in
                part.operations.indices.filter { part.operations[$0].caller == caller }
            }
            rows = part.operations.map {
                OperationWindow(operation: $0.key, version: part.versions[$0.key.service] ?? "")
            }
        }
    }

    private static func window(_ start: UInt64, _ drafts: [Draft], requests: Int) -> TelemetryWindow {
        var window = TelemetryWindow(start: start, traces: requests)
        var merged: [RowKey: OperationWindow] = [:]
        for draft in drafts {
            for (index, row) in draft.rows.enumerated() where row.count > 0 {
                var row = row
                if draft.operations[index].caller == nil { row.entries = row.count }
                window.spans += row.count
                let key = RowKey(operation: row.operation, version: row.version)
                guard let other = merged[key] else {
                    merged[key] = row
                    continue
                }
                merged[key] = sum(other, row)
            }
            window.paths = draft.operations.enumerated().map { index, operation in
                var path = PathWindow(frame: PathFrame(operation: operation.key), parent: operation.caller)
                path.calls = drafts.reduce(0) { $0 + ($1.rows.indices.contains(index) ? $1.rows[index].count : 0) }
                return path
            }
        }
        window.operations = merged.values.sorted { ($0.operation, $0.version) < ($1.operation, $1.version) }
        return window
    }

    private struct RowKey: Hashable {
        var operation: OperationKey
        var version: String
    }

    private static func sum(_ left: OperationWindow, _ right: OperationWindow) -> OperationWindow {
        var sum = left
        sum.entries += right.entries
        sum.total.merge(right.total)
        sum.own.merge(right.own)
        sum.errors += right.errors
        sum.errorTypes.merge(right.errorTypes, uniquingKeysWith: +)
        for bin in sum.bins.indices {
            sum.bins[bin].spans += right.bins[bin].spans
            sum.bins[bin].errors += right.bins[bin].errors
            sum.bins[bin].logDurationSum += right.bins[bin].logDurationSum
        }
        return sum
    }

    /// Standard normals from a table: inversion by itself would be most of a simulation's time.
    private struct Normals {
        private let table: [Double]

        init() {
            let size = 1 << 13
            table = (0..<size).map { NormalDistribution.quantile((Double($0) + 0.5) / Double(size)) }
        }

        func draw(_ random: inout SeededRandom) -> Double { table[Int(random.next() >> 51)] }
    }

    private static let normals = Normals()
}

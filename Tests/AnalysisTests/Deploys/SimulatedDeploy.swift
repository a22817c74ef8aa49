import Analysis
import Correlation
import Telemetry
import TestSupport

/// What a simulated version does differently.
enum SimulatedFault: String, CaseIterable {
    case clean, slower10, slower25, tail, newError, errorRate, moreCalls
    case transient, costShift
    case canaryClean, canarySlower

    /// Whether a check should call the deploy anomalous.
    var isWrong: Bool {
        switch self {
        case .clean, .canaryClean, .transient, .costShift: false
        default: true
        }
    }

    var isCanary: Bool { self == .canaryClean || self == .canarySlower }

    /// Operations of the shop that may be at fault: where ten per cent are more than nothing to a request.
    var places: [String] {
        switch self {
        case .moreCalls, .costShift: ["INSERT orders", "SELECT items"]
        case .slower25, .tail: ["POST /orders", "POST /charge", "GET /items", "INSERT orders", "SELECT items"]
        default: ["POST /orders", "POST /charge", "GET /items"]
        }
    }

    /// The shop with the fault in it.
    func applied(to shop: [SyntheticOperation], at place: Int) -> [SyntheticOperation] {
        var shop = shop
        switch self {
        case .clean, .canaryClean: break
        case .slower10: shop[place].milliseconds *= 1.10
        case .slower25, .canarySlower: shop[place].milliseconds *= 1.25
        case .transient: shop[place].milliseconds *= 3
        case .tail: (shop[place].tailShare, shop[place].tailFactor) = (0.10, 3)
        case .newError: (shop[place].errorRate, shop[place].errorType) = (shop[place].errorRate + 0.01, "NullPointer")
        case .errorRate: shop[place].errorRate = 4 * shop[place].errorRate + 0.01
        case .moreCalls: shop[place].calls = 4
        case .costShift:
            // A fifth of the query's work moves into the operation that makes it; the request takes as long as before.
            guard let caller = shop[place].caller else { break }
            shop[caller].milliseconds += 0.4 * shop[place].milliseconds
            shop[place].milliseconds *= 0.6
        }
        return shop
    }
}

/// A system over some hours, into which versions are deployed one after another, each taken back again.
struct SimulatedSystem {
    static let version = "2.0"

    /// Unix nanoseconds of the first window of the day of the deploys.
    private let start: UInt64
    private var traffic: SyntheticTraffic
    private let shop = [SyntheticOperation].shop
    private(set) var windows: [TelemetryWindow] = []
    private let historyMinutes: Int
    /// The same hours of earlier days.
    private var earlier: [TelemetryWindow] = []

    /// `rhythm` has the first deploy at half past eight in the morning, and `days` before to be compared with.
    init(
        load: (deviation: Double, memory: Double),
        historyMinutes: Int,
        deploys: Int,
        requestsPerSecond: Double = 10,
        spacing: Int = 33,
        rhythm: SyntheticRhythm? = nil,
        days: [UInt64] = [],
        seed: UInt64
    ) {
        self.historyMinutes = historyMinutes
        self.spacing = spacing
        let minutes = historyMinutes + deploys * spacing + 60
        let services = Array(Set(shop.map(\.key.service))).sorted()
        let start = SimulatedSystem.morning - UInt64(historyMinutes) * TelemetryWindow.length
        func traffic(daysAgo: UInt64) -> SyntheticTraffic {
            SyntheticTraffic(
                start: start - daysAgo * SyntheticRhythm.day,
                minutes: minutes,
                services: services,
                requestsPerSecond: requestsPerSecond,
                loadDeviation: load.deviation,
                loadMemory: load.memory,
                rhythm: rhythm,
                seed: seed &+ daysAgo &* 15_485_863
            )
        }
        self.start = start
        self.traffic = traffic(daysAgo: 0)
        let usual = part(shop, share: 1, version: nil, service: "")
        for days in days.sorted(by: >) {
            var past = traffic(daysAgo: days)
            for minute in 0..<minutes { earlier.append(past.window(minute: minute, parts: [usual])) }
        }
        for minute in 0..<(historyMinutes + (deploys - 1) * spacing) {
            windows.append(self.traffic.window(minute: minute, parts: [usual]))
        }
    }

    private static let morning =
        1_795_262_400_000_000_000 / SyntheticRhythm.day * SyntheticRhythm.day
        + 510 * TelemetryWindow.length

    /// Minutes from one deploy to the next.
    private let spacing: Int

    /// What checks say so many minutes after the `number`th deploy; of one look or two.
    mutating func check(
        _ fault: SimulatedFault,
        at place: Int,
        number: Int,
        looks: [Int] = [17],
        settings: DeployCheckSettings = DeployCheckSettings(),
        others: [DeployMarker] = []
    ) -> (CheckReport, CheckReport?) {
        let minute = historyMinutes + number * spacing
        let service = shop[place].key.service
        let faulty = fault.applied(to: shop, at: place)
        var known = earlier + windows[..<minute]
        for offset in 0..<(looks.max() ?? 0) {
            let isFaulty = fault != .transient || (4..<6).contains(offset)
            let now = part(isFaulty ? faulty : shop, share: 1, version: SimulatedSystem.version, service: service)
            var parts = [now]
            if fault.isCanary {
                parts = [
                    part(faulty, share: 0.3, version: SimulatedSystem.version, service: service),
                    part(shop, share: 0.7, version: "1.0", service: service),
                ]
            }
            known.append(traffic.window(minute: minute + offset, parts: parts))
        }
        let at = start + UInt64(minute) * TelemetryWindow.length + 3_000_000_000
        let deploy = DeployMarker(service: service, version: SimulatedSystem.version, at: at, source: .declared)
        let reports = looks.map { minutes in
            let now = start + UInt64(minute + minutes) * TelemetryWindow.length
            let stretches = settings.stretches(around: at, until: now)
            return DeployCheck(settings: settings).report(
                on: deploy,
                windows: known.filter { window in stretches.contains { $0.contains(window.start) } },
                deploys: [deploy] + others,
                now: now
            )
        }
        return (reports[0], reports.dropFirst().first)
    }

    private func part(
        _ operations: [SyntheticOperation],
        share: Double,
        version: String?,
        service: String
    ) -> SyntheticTraffic.Part {
        var versions = Dictionary(uniqueKeysWithValues: Set(shop.map(\.key.service)).map { ($0, "1.0") })
        if let version { versions[service] = version }
        return SyntheticTraffic.Part(operations, share: share, versions: versions)
    }
}

import Analysis
import Correlation
import Reporting
import Statistics
import Telemetry

/// Which services send telemetry, how they did in the newest closed minute, and since when they are as they are.
struct LiveServices {
    /// A service that was not in so many windows is silent, whatever it was.
    private static let patience = 3 * TelemetryWindow.length

    private struct Service {
        var requests = 0
        var errors = 0
        var durations = LatencyHistogram(subBucketBits: OperationWindow.sketchBits)
        var versions: Set<String> = []
        var operations = 0
    }

    let rows: [[String: Any]]
    let isSilent: Bool

    /// - Parameters:
    ///   - window: the newest that is closed; `nil` where there is none.
    ///   - known: names of all services of which anything is known.
    ///   - deploys: newest first.
    ///   - first: start of the oldest window that is kept, Unix nanoseconds.
    ///   - now: Unix nanoseconds.
    init(_ window: TelemetryWindow?, known: [String], deploys: [DeployMarker], first: UInt64?, now: UInt64) {
        let current = window.flatMap { now < $0.start + TelemetryWindow.length + LiveServices.patience ? $0 : nil }
        let services = LiveServices.services(of: current)
        isSilent = services.isEmpty
        rows = Set(known + Array(services.keys)).sorted().prefix(100).map { name in
            let service = services[name]
            let versions = service?.versions ?? []
            let deploy = deploys.first { $0.service == name && versions.contains($0.version) }
            let since = service == nil ? nil : deploy?.at ?? first
            return [
                "name": Words.clean(name, limit: 80),
                "link": "/services?service=\(Query.escape(name))",
                "state": service == nil ? "silent" : "running",
                "stateText": service == nil ? "silent" : "sends",
                "version": Words.clean(versions.sorted().joined(separator: ", "), limit: 80),
                "since": since.map { Words.age($0, now: now) + (deploy == nil ? " or before" : "") } ?? "",
                "rate": service.map { "\(Quantity.count($0.requests))/min" } ?? "–",
                "errors": service.map {
                    Quantity.percent($0.requests == 0 ? 0 : Double($0.errors) / Double($0.requests))
                }
                    ?? "–",
                "hasErrors": (service?.errors ?? 0) > 0,
                "p95": service.map { Quantity.milliseconds(Double($0.durations.quantile(0.95)) / 1e6) } ?? "–",
                "operations": service.map { Quantity.count($0.operations) } ?? "–",
            ]
        }
    }

    /// Requests are what others ask a service for; one that nobody asks is told by all it does.
    private static func services(of window: TelemetryWindow?) -> [String: Service] {
        let operations = Dictionary(grouping: window?.operations ?? []) { $0.operation.service }
        return operations.mapValues { own in
            let asked = own.filter { $0.operation.kind == .server || $0.operation.kind == .consumer || $0.entries > 0 }
            var service = Service()
            for operation in asked.isEmpty ? own : asked {
                service.requests += operation.count
                service.errors += operation.errors
                service.durations.merge(operation.total)
            }
            service.versions = Set(own.map(\.version).filter { !$0.isEmpty })
            service.operations = Set(own.map(\.operation)).count
            return service
        }
    }
}

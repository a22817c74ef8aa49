import Collectors
import Correlation
import Curl
import Plans
import Telemetry

/// Fetches what a Prometheus server has about the target's resources, once, after the load.
struct ServerReading: Sendable {
    let server: PrometheusServerPlan
    let overrides: [MetricOverride]
    let step: Duration
    let client: HTTPClient

    /// Puts the series of a window, whose ends are Unix nanoseconds, into `store`; returns a warning when it could not.
    func read(into store: SeriesStore, from start: UInt64, to end: UInt64) async -> String? {
        do throws(PrometheusServerError) {
            let points = try await PrometheusServerClient(url: server.url, client: client)
                .series(selector, from: start, to: end, step: step)
            let refused = store.append(points)
            if points.isEmpty { return "the Prometheus server at \(server.url) has no series for \(selector)" }
            return refused > 0 ? "\(refused) points of \(server.url) found no room" : nil
        } catch {
            return "metrics could not be read from \(server.url): \(error)"
        }
    }

    /// All metrics that a field may be read from, of the target's series.
    private var selector: String {
        let standard = ResourceField.allCases.flatMap(MetricSource.standard).flatMap(\.names)
        // OpenTelemetry's names with dots cannot be series of the servers that are asked here.
        let names = Set(standard + overrides.map(\.metric)).filter { !$0.contains(".") }.sorted()
        let matchers = server.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }
        return "{" + (["__name__=~\"" + names.joined(separator: "|") + "\""] + matchers).joined(separator: ",") + "}"
    }

    private static func escaped(_ value: String) -> String {
        var escaped = ""
        for character in value {
            switch character {
            case "\\", "\"": escaped += "\\\(character)"
            case "\n": escaped += "\\n"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}

import Analysis
import Collectors
import Correlation
import Curl
import Telemetry

/// Reads the metrics of a diagnosis: files of points with their timestamps, or a Prometheus server.
struct MetricSources: Sendable {
    let client: HTTPClient
    /// Unix nanoseconds: from the start of the baseline to the end of the current traces.
    let window: Range<UInt64>

    /// Points a server is asked for at most, spread over the window.
    private static let pointsPerSeries: UInt64 = 2_000

    /// Puts everything into `store`; returns warnings about what found no room.
    func read(_ sources: [SourceName], into store: SeriesStore) async throws(RunFailure) -> [String] {
        var warnings: [String] = []
        for source in sources {
            let refused = store.append(try await points(of: source))
            if refused > 0 { warnings.append("\(refused) metric points of \(source.title) found no room") }
        }
        return warnings
    }

    private func points(of source: SourceName) async throws(RunFailure) -> [MetricPoint] {
        switch source {
        case .file(let path):
            return try points(in: try SourceName.contents(ofFile: path), of: path)
        case .address(let url) where MetricSources.isServer(url):
            return try await query(url)
        case .address(let url):
            let answer: HTTPResponse
            do throws(CurlError) {
                answer = try await client.send(HTTPRequest(url: url, timeout: .seconds(30)))
            } catch {
                throw .notCarriedOut("\(url): \(error.description)")
            }
            guard answer.status == 200 else { throw .notCarriedOut("\(url) answered \(answer.status)") }
            return try points(in: answer.body, of: url)
        case .other(let word):
            throw .badOption("\(word) is no file, no folder and no http address")
        }
    }

    private func points(in bytes: [UInt8], of name: String) throws(RunFailure) -> [MetricPoint] {
        do throws(MetricFileError) {
            return try MetricFile.points(bytes, at: window.upperBound)
        } catch {
            throw .badOption("\(name): \(error)")
        }
    }

    private func query(_ url: String) async throws(RunFailure) -> [MetricPoint] {
        let standard = ResourceField.allCases.flatMap(MetricSource.standard).flatMap(\.names)
        let names = Set(standard + ResourceSeries.metricNames).filter { !$0.contains(".") }.sorted()
        let seconds = max(1, (window.upperBound - window.lowerBound) / 1_000_000_000)
        do throws(PrometheusServerError) {
            return try await PrometheusServerClient(
                url: url.hasSuffix("/") ? String(url.dropLast()) : url,
                client: client
            )
            .series(
                "{__name__=~\"\(names.joined(separator: "|"))\"}",
                from: window.lowerBound,
                to: window.upperBound,
                step: .seconds(max(5, Int64(seconds / MetricSources.pointsPerSeries)))
            )
        } catch {
            throw .notCarriedOut("metrics could not be read from \(url): \(error)")
        }
    }

    /// An address without a path is a server's, one with a path a file's.
    private static func isServer(_ url: String) -> Bool {
        guard let scheme = url.firstRange(of: "://") else { return false }
        let rest = url[scheme.upperBound...]
        return rest.firstIndex(of: "/").map { rest[$0...].count == 1 } ?? true
    }
}

extension SourceName {
    var title: String {
        switch self {
        case .file(let path): path
        case .address(let url): url
        case .other(let word): word
        }
    }
}

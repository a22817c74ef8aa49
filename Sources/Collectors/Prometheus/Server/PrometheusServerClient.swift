package import Curl
import FoundationEssentials
package import Telemetry

/// Reads series and exemplars out of a Prometheus server that has them already.
///
/// Points come as `query_range` evaluates a selector: at every step, the newest sample of the last five minutes. Answers
/// are capped, and a long window is asked in pieces below the server's limit of 11,000 points a series.
package struct PrometheusServerClient: Sendable {
    /// Points of a series in one answer; the server refuses more than 11,000.
    private static let pointsPerQuery = 10_000
    private static let answerBytes = 64 << 20

    private let url: String
    private let client: HTTPClient
    private let headers: [HTTPHeader]
    private let timeout: Duration

    /// `url` is the server's address without a trailing slash, with its path prefix if it has one.
    package init(url: String, client: HTTPClient, headers: [HTTPHeader] = [], timeout: Duration = .seconds(30)) {
        self.url = url
        self.client = client
        self.headers = headers
        self.timeout = timeout
    }

    /// The series a selector matches with their values from `start` to `end`, Unix nanoseconds, every `step`.
    ///
    /// A point that the server leaves out was stale or older than its lookback: a gap, not a zero.
    package func series(
        _ selector: String,
        from start: UInt64,
        to end: UInt64,
        step: Duration
    ) async throws(PrometheusServerError) -> [MetricPoint] {
        let stepNanoseconds = UInt64(max(step, .milliseconds(100)) / .nanoseconds(1))
        var points: [MetricPoint] = []
        var from = start
        while from <= end {
            let to = min(end, from + stepNanoseconds * UInt64(Self.pointsPerQuery - 1))
            let body = try await post(
                "/api/v1/query_range",
                [
                    ("query", selector), ("start", Self.seconds(from)), ("end", Self.seconds(to)),
                    ("step", Self.seconds(stepNanoseconds)),
                ]
            )
            points += try Self.decode(RangeAnswer.self, from: body).data.points
            from = to + stepNanoseconds
        }
        return points
    }

    /// The exemplars of the series a selector matches, with the series' names and labels; no series without any.
    ///
    /// A server without `--enable-feature=exemplar-storage` has none, and says so by an empty list.
    package func exemplars(
        _ selector: String,
        from start: UInt64,
        to end: UInt64
    ) async throws(PrometheusServerError) -> [(name: String, labels: [String: String], exemplars: [MetricExemplar])] {
        let body = try await post(
            "/api/v1/query_exemplars",
            [("query", selector), ("start", Self.seconds(start)), ("end", Self.seconds(end))]
        )
        return try Self.decode(ExemplarAnswer.self, from: body).data.map { series in
            var labels = series.seriesLabels
            let name = labels.removeValue(forKey: "__name__") ?? ""
            return (name, labels, series.exemplars.compactMap(\.exemplar))
        }
    }

    private func post(
        _ path: String,
        _ form: [(name: String, value: String)]
    ) async throws(PrometheusServerError) -> [UInt8] {
        let response: HTTPResponse
        do {
            response = try await client.send(
                HTTPRequest(
                    method: "POST",
                    url: url + path,
                    headers: headers + [HTTPHeader(name: "Content-Type", value: "application/x-www-form-urlencoded")],
                    body: Array(form.map { "\($0)=\(PercentEncoding.text($1))" }.joined(separator: "&").utf8),
                    timeout: timeout,
                    maximumResponseBytes: Self.answerBytes
                )
            )
        } catch {
            throw .unreachable(error)
        }
        guard response.status == 200 else {
            let said = try? JSONDecoder().decode(ErrorAnswer.self, from: Data(response.body)).error
            throw .refused(status: response.status, reason: said ?? "")
        }
        return response.body
    }

    private static func decode<Answer: Decodable>(
        _ type: Answer.Type,
        from body: [UInt8]
    ) throws(PrometheusServerError) -> Answer {
        do { return try JSONDecoder().decode(type, from: Data(body)) } catch { throw .unreadable("\(error)") }
    }

    private static func seconds(_ nanoseconds: UInt64) -> String {
        let milliseconds = nanoseconds / 1_000_000
        let rest = String(milliseconds % 1_000)
        return "\(milliseconds / 1_000).\(String(repeating: "0", count: 3 - rest.utf8.count))\(rest)"
    }
}

private struct ErrorAnswer: Decodable {
    var error: String
}

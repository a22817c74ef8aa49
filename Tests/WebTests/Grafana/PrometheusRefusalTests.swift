import Curl
import Foundation
import Testing

@testable import Web

/// What Grafana's Prometheus data source asks (`spec/wire.md` 5.3), where somebody points it at Plimsoll.
@Suite struct PrometheusRefusalTests {
    @Test(arguments: [
        ("POST", "/api/v1/query", "query=1%2B1&time=4"),
        ("POST", "/api/v1/query_range", "query=up&start=1&end=2&step=15"),
        ("GET", "/api/v1/query_range?query=up&start=1&end=2&step=15", ""),
        ("POST", "/api/v1/query_exemplars", "query=up&start=1&end=2"), ("GET", "/api/v1/labels", ""),
        ("POST", "/api/v1/series", "match[]=up"), ("GET", "/api/v1/label/job/values", ""),
        ("GET", "/api/v1/metadata", ""),
    ])
    func `is told in Prometheus' own words that this is none`(method: String, path: String, form: String) async throws {
        try await FeedServer.serving(minutes: 0) { feed in
            let answer = try await feed.client.send(
                HTTPRequest(
                    method: method,
                    url: feed.url + path,
                    headers: [HTTPHeader(name: "Content-Type", value: "application/x-www-form-urlencoded")],
                    body: Array(form.utf8)
                )
            )
            #expect(answer.status == 422)
            let body = try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: String])
            #expect(body["status"] == "error" && body["errorType"] == "execution")
            #expect(body["error"]?.contains("scrape /metrics") == true)
        }
    }
}

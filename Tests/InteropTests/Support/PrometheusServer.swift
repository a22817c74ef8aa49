import Curl
import Foundation
import TestSupport

/// A real Prometheus on a free port, with its own empty storage that goes with it.
final class PrometheusServer: Sendable {
    let url: String
    private let command: Command
    private let directory: String
    let client = HTTPClient()

    /// Returns when the server answers; `configuration` is its YAML.
    init(configuration: String = "", _ extra: String...) async throws {
        let port = try freePort()
        url = "http://127.0.0.1:\(port)"
        directory =
            FileManager.default.temporaryDirectory.appending(path: "plimsoll-prometheus-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try configuration.write(toFile: directory + "/prometheus.yml", atomically: true, encoding: .utf8)
        command = try Command(
            InteropPrograms.prometheus,
            [
                "--config.file=\(directory)/prometheus.yml", "--storage.tsdb.path=\(directory)/data",
                "--web.listen-address=127.0.0.1:\(port)", "--web.enable-remote-write-receiver",
                "--enable-feature=native-histograms,exemplar-storage", "--log.level=warn",
            ] + extra
        )
        let deadline = ContinuousClock.now + .seconds(30)
        while (try? await client.send(HTTPRequest(url: url + "/-/ready", timeout: .seconds(1))))?.status != 200 {
            guard ContinuousClock.now < deadline else {
                throw CommandError.timedOut(after: 30, said: command.standardErrorSoFar)
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    deinit {
        kill(command.processIdentifier, SIGKILL)
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Writes series into the server's storage by remote write.
    func write(_ request: [UInt8]) async throws {
        let response = try await client.send(
            HTTPRequest(
                method: "POST",
                url: url + "/api/v1/write",
                headers: [
                    HTTPHeader(name: "Content-Type", value: "application/x-protobuf"),
                    HTTPHeader(name: "Content-Encoding", value: "snappy"),
                    HTTPHeader(name: "X-Prometheus-Remote-Write-Version", value: "0.1.0"),
                ],
                body: WriteRequest.snappyLiterals(request)
            )
        )
        guard response.status / 100 == 2 else {
            throw Refused(status: response.status, said: String(decoding: response.body, as: UTF8.self))
        }
    }

    struct Refused: Error {
        var status: Int
        var said: String
    }

    /// The result of an instant query by one label's value; Prometheus' clock counts milliseconds.
    func values(of query: String, atMilliseconds time: Int64, by label: String) async throws -> [String: Double] {
        var components = URLComponents()
        components.queryItems = [
            URLQueryItem(name: "query", value: query), URLQueryItem(name: "time", value: "\(Double(time) / 1000)"),
        ]
        let encoded = (components.percentEncodedQuery ?? "").replacingOccurrences(of: "+", with: "%2B")
        let response = try await client.send(
            HTTPRequest(
                method: "POST",
                url: url + "/api/v1/query",
                headers: [HTTPHeader(name: "Content-Type", value: "application/x-www-form-urlencoded")],
                body: Array(encoded.utf8)
            )
        )
        guard response.status == 200 else {
            throw Refused(status: response.status, said: String(decoding: response.body, as: UTF8.self))
        }
        let answer = try JSONDecoder().decode(Answer.self, from: Data(response.body))
        var values: [String: Double] = [:]
        for result in answer.data.result {
            values[result.metric[label] ?? ""] = Double(result.value.text.replacing("Inf", with: "inf"))
        }
        return values
    }

    private struct Answer: Decodable {
        struct Data: Decodable {
            var result: [Series]
        }
        struct Series: Decodable {
            var metric: [String: String]
            var value: Sample
        }
        /// An array of two: the time and, as text, the value.
        struct Sample: Decodable {
            var text: String
            init(from decoder: any Decoder) throws {
                var list = try decoder.unkeyedContainer()
                _ = try list.decode(Double.self)
                text = try list.decode(String.self)
            }
        }
        var data: Data
    }
}

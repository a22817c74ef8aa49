package import Analysis
import Curl
import Foundation
import Reporting
import Telemetry

/// A running `plimsoll serve`, over its API: for whoever is on another machine than its store.
package struct PlimsollService: CheckPlace {
    private static let timeout = Duration.seconds(60)
    private static let listLimit = 500

    private let url: String
    private let token: String?
    private let client = HTTPClient(connections: 1)

    /// `url` is its page's; `token` is sent as `Authorization: Bearer` and told to nobody else.
    ///
    /// - Throws: `RunFailure.badOption` for what is no http address of a server.
    package init(url: String, token: String?) throws(RunFailure) {
        let trimmed = url.hasSuffix("/") ? String(url.dropLast()) : url
        let rest = trimmed.firstRange(of: "://").map { trimmed[$0.upperBound...] } ?? ""
        guard trimmed.hasPrefix("http://") || trimmed.hasPrefix("https://"), !rest.isEmpty,
            !rest.contains(where: { "?#@ ".contains($0) })
        else { throw .badOption("--server must be an address such as http://127.0.0.1:4320; found \(url)") }
        self.url = trimmed
        self.token = token.flatMap { $0.isEmpty ? nil : $0 }
    }

    package func deploy(_ request: CheckRequest) async throws(RunFailure) -> DeployMarker {
        let now = WallClock.now()
        let known = try await deploys(of: request.service, limit: PlimsollService.listLimit)
        if let newest = request.newest(of: known, before: now) { return newest }
        do throws(CheckFailure) {
            if let unmarked = try request.unmarked(before: now) { return unmarked }
            throw CheckFailure.unknownDeploy(request.wanted)
        } catch {
            throw .badOption("\(error)")
        }
    }

    package func check(_ request: CheckRequest) async throws(RunFailure) -> CheckReport {
        try await send("POST", "/checks", body: request)
    }

    /// Declares a deploy; returns it as the service keeps it.
    package func declare(_ deploy: DeployMarker) async throws(RunFailure) -> DeployMarker {
        try await send(
            "POST",
            "/deploys",
            body: DeployRequest(
                service: deploy.service,
                version: deploy.version,
                at: deploy.at,
                message: deploy.message,
                url: deploy.url
            )
        )
    }

    /// The deploys that are known there, newest first.
    package func deploys(of service: String?, limit: Int) async throws(RunFailure) -> [DeployMarker] {
        let filter = service.map { "&service=" + PercentEncoding.text($0) } ?? ""
        let path = "/deploys?limit=\(min(limit, PlimsollService.listLimit))" + filter
        let list: List<DeployMarker> = try await send("GET", path, body: nil as Bool?)
        return list.items
    }

    private struct List<Item: Decodable>: Decodable {
        var items: [Item]
    }

    private struct Problem: Decodable {
        var detail: String
    }

    private func send<Answer: Decodable>(
        _ method: String,
        _ path: String,
        body: (some Encodable)?
    ) async throws(RunFailure) -> Answer {
        var headers = [HTTPHeader(name: "Accept", value: "application/json")]
        if let token { headers.append(HTTPHeader(name: "Authorization", value: "Bearer \(token)")) }
        var bytes: [UInt8] = []
        if let body {
            headers.append(HTTPHeader(name: "Content-Type", value: "application/json"))
            do {
                bytes = Array(try JSONEncoder().encode(body))
            } catch {
                throw .badOption("what is asked of \(url) cannot be written as JSON")
            }
        }
        let answer: HTTPResponse
        do throws(CurlError) {
            answer = try await client.send(
                HTTPRequest(
                    method: method,
                    url: "\(url)/api/v1\(path)",
                    headers: headers,
                    body: bytes,
                    timeout: PlimsollService.timeout,
                    maximumResponseBytes: 64 << 20
                )
            )
        } catch {
            throw .notCarriedOut("no Plimsoll answers at \(url): \(reason(error))")
        }
        guard (200..<300).contains(answer.status) else { throw refusal(answer) }
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        guard let value = try? decoder.decode(Answer.self, from: Data(answer.body)) else {
            throw .notCarriedOut("\(url) is no Plimsoll service, or one of another version: its answer is foreign")
        }
        return value
    }

    private func reason(_ error: CurlError) -> String {
        switch error.kind {
        case .refused: "connection refused; is `plimsoll serve` running there, and is this the port of its page?"
        case .timeout: "no answer within \(PlimsollService.timeout / .seconds(1)) s"
        default: error.description
        }
    }

    private func refusal(_ answer: HTTPResponse) -> RunFailure {
        let isProblem = answer.header("Content-Type")?.hasPrefix("application/problem+json") == true
        let detail = isProblem ? try? JSONDecoder().decode(Problem.self, from: Data(answer.body)).detail : nil
        guard let detail else {
            return .notCarriedOut("\(url) is no Plimsoll service: it answers \(answer.status)")
        }
        let words = PlainText.clean(detail, limit: 500)
        return switch answer.status {
        case 401 where token == nil:
            .badOption("\(url) wants a token: give --token, or set PLIMSOLL_SERVER_TOKEN")
        case 401: .badOption("\(url) does not know the token: `plimsoll token create --scope read,write` makes one")
        case 500...: .notCarriedOut("\(url) answers \(answer.status): \(words)")
        default: .badOption("\(url): \(words)")
        }
    }
}

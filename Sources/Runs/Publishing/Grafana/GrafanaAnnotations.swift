import Curl
import FoundationEssentials

/// Writes annotations by Grafana's HTTP API (`spec/wire.md` 5.4), each once.
package struct GrafanaAnnotations: Sendable {
    /// What became of an annotation.
    package enum Outcome: Sendable, Hashable {
        case created
        /// It was there already: from before a restart, or by another Plimsoll.
        case known
    }

    private struct Found: Decodable {
        var tags: [String]?
    }

    private static let timeout = Duration.seconds(10)
    /// Answers to an annotation are short.
    private static let answerBytes = 1 << 20

    private let access: GrafanaAccess
    private let pauses: [Duration]
    private let client = HTTPClient(connections: 1)

    /// `pauses` are waited for between attempts where Grafana is not reached or says it is overloaded.
    package init(access: GrafanaAccess, pauses: [Duration] = [.milliseconds(500), .seconds(2)]) {
        self.access = access
        self.pauses = pauses
    }

    /// - Throws: `RunFailure.notCarriedOut` when Grafana refuses, or after the last attempt.
    package func publish(_ annotation: GrafanaAnnotation) async throws -> Outcome {
        let known = try await attempt("GET", query(for: annotation), [])
        let found = (try? JSONDecoder().decode([Found].self, from: Data(known))) ?? []
        if found.contains(where: { $0.tags?.contains(annotation.identity) ?? false }) { return .known }
        _ = try await attempt("POST", "/api/annotations", Array(try JSONEncoder().encode(annotation)))
        return .created
    }

    private func query(for annotation: GrafanaAnnotation) -> String {
        "/api/annotations?from=\(annotation.time - min(annotation.time, 1))"
            + "&to=\((annotation.timeEnd ?? annotation.time) + 1)&limit=10"
            + "&tags=\(PercentEncoding.text(annotation.identity))"
    }

    private func attempt(_ method: String, _ path: String, _ body: [UInt8]) async throws -> [UInt8] {
        var headers = [
            HTTPHeader(name: "Authorization", value: "Bearer \(access.token)"),
            HTTPHeader(name: "Accept", value: "application/json"),
            HTTPHeader(name: "User-Agent", value: "plimsoll/\(PlimsollVersion.current)"),
        ]
        if !body.isEmpty { headers.append(HTTPHeader(name: "Content-Type", value: "application/json")) }
        let request = HTTPRequest(
            method: method,
            url: access.url + path,
            headers: headers,
            body: body,
            timeout: GrafanaAnnotations.timeout,
            maximumResponseBytes: GrafanaAnnotations.answerBytes
        )
        var pauses = pauses[...]
        while true {
            var reason: String
            do throws(CurlError) {
                let answer = try await client.send(request)
                if (200..<300).contains(answer.status) { return answer.body }
                reason = "\(method) \(access.url)/api/annotations answers \(answer.status)\(advice(answer.status))"
                let isPassing = answer.status == 429 || (500..<600).contains(answer.status)
                if !isPassing { pauses = [] }
            } catch {
                if error.kind == .cancelled { throw CancellationError() }
                reason = "\(error)"
            }
            guard let pause = pauses.popFirst() else {
                throw RunFailure.notCarriedOut("the annotation could not be written: \(reason)")
            }
            try await Task.sleep(for: pause)
        }
    }

    private func advice(_ status: Int) -> String {
        switch status {
        case 401: ": the token is not valid"
        case 403: ": the service account may not write annotations; give it the role Editor"
        case 404: ": there is no Grafana at this URL"
        default: ""
        }
    }
}

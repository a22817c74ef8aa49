import Curl
import FoundationEssentials

/// Writes annotations by Grafana's HTTP API (`spec/wire.md` 5.4), each once.
package struct GrafanaAnnotations: Sendable {
    /// What became of an annotation.
    package enum Outcome: Sendable, Hashable {
        case created
        /// It was there already: from before a restart, or by another Plimsoll.
        case known
        /// Grafana will never take this one, whatever becomes of the others.
        case refused(String)
    }

    /// Nothing can be written now; later it may.
    package struct Unavailable: Error, CustomStringConvertible {
        package var description: String
        /// As long as Grafana asked for.
        package var retryAfter: Duration?
    }

    private struct Found: Decodable {
        var tags: [String]?
    }

    private static let timeout = Duration.seconds(10)
    /// Answers to an annotation are short.
    private static let answerBytes = 1 << 20
    /// Answers that are about the annotation itself: it is malformed, too large, or there in another form.
    private static let refusals: Set<Int> = [400, 409, 413, 414, 422]

    private let access: GrafanaAccess
    private let pauses: [Duration]
    private let client = HTTPClient(connections: 1)

    /// `pauses` are waited for between attempts where Grafana is not reached or does not say how long it is overloaded.
    package init(access: GrafanaAccess, pauses: [Duration] = [.milliseconds(500), .seconds(2)]) {
        self.access = access
        self.pauses = pauses
    }

    /// - Throws: `Unavailable` after the last attempt and for what concerns every annotation, such as a token that is
    ///   not valid; `CancellationError`.
    package func publish(_ annotation: GrafanaAnnotation) async throws -> Outcome {
        let known: [UInt8]
        switch try await attempt("GET", query(for: annotation), []) {
        case .answer(let body): known = body
        case .refused(let reason): return .refused(reason)
        }
        let found = (try? JSONDecoder().decode([Found].self, from: Data(known))) ?? []
        if found.contains(where: { $0.tags?.contains(annotation.identity) ?? false }) { return .known }
        switch try await attempt("POST", "/api/annotations", Array(try JSONEncoder().encode(annotation))) {
        case .answer: return .created
        case .refused(let reason): return .refused(reason)
        }
    }

    private func query(for annotation: GrafanaAnnotation) -> String {
        "/api/annotations?from=\(annotation.time - min(annotation.time, 1))"
            + "&to=\((annotation.timeEnd ?? annotation.time) + 1)&limit=10"
            + "&tags=\(PercentEncoding.text(annotation.identity))"
    }

    private enum Reply {
        case answer([UInt8])
        case refused(String)
    }

    private func attempt(_ method: String, _ path: String, _ body: [UInt8]) async throws -> Reply {
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
            let reason: String
            var retryAfter: Duration?
            do throws(CurlError) {
                let answer = try await client.send(request)
                if (200..<300).contains(answer.status) { return .answer(answer.body) }
                reason = "\(method) \(access.url)/api/annotations answers \(answer.status)\(advice(answer.status))"
                if GrafanaAnnotations.refusals.contains(answer.status) { return .refused(reason) }
                // The other form of Retry-After, a date, would tie the wait to two clocks: the own pauses serve as well.
                retryAfter = answer.header("Retry-After").flatMap { UInt32($0) }.map { .seconds($0) }
                let isPassing = answer.status == 429 || (500..<600).contains(answer.status)
                if !isPassing || retryAfter != nil { pauses = [] }
            } catch {
                if error.kind == .cancelled { throw CancellationError() }
                reason = "\(error)"
            }
            guard let pause = pauses.popFirst() else {
                throw Unavailable(
                    description: "the annotation could not be written: \(reason)",
                    retryAfter: retryAfter
                )
            }
            try await Task.sleep(for: pause)
        }
    }

    private func advice(_ status: Int) -> String {
        switch status {
        case 300..<400: ": Grafana has another address"
        case 401: ": the token is not valid"
        case 403: ": the service account may not write annotations; give it the role Editor"
        case 404: ": there is no Grafana at this URL"
        default: ""
        }
    }
}

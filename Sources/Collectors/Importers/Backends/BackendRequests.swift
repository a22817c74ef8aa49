import Curl
import Telemetry

/// What all backends need to ask: an address, a client, limits.
struct BackendRequests: Sendable {
    /// No answer of a trace store is taken that is larger.
    private static let answerBytes = 64 << 20

    let url: String
    let client: HTTPClient
    let headers: [HTTPHeader]

    /// The answer's body and type; `nil` for 404.
    func get(_ path: String, accept: String) async throws(ImportError) -> (body: [UInt8], type: String)? {
        let request = HTTPRequest(
            url: url + path,
            headers: headers + [HTTPHeader(name: "Accept", value: accept)],
            timeout: .seconds(30),
            maximumResponseBytes: Self.answerBytes
        )
        let response: HTTPResponse
        do {
            response = try await client.send(request)
        } catch {
            throw .backend(error.description)
        }
        if response.status == 404 { return nil }
        guard response.status == 200 else {
            let said = String(decoding: response.body.prefix(200), as: UTF8.self)
            throw .backend("\(url) answered \(response.status): \(said)")
        }
        return (response.body, response.header("Content-Type") ?? "")
    }
}

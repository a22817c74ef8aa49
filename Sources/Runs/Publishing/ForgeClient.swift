import Curl
import FoundationEssentials

/// Asks the API of GitLab or GitHub, and says what it wants where it refuses.
struct ForgeClient: Sendable {
    static let itemsPerPage = 100

    private let forge: MergeRequest.Forge
    private let token: String
    /// What fails when it fails: `the comment could not be posted`.
    private let failure: String
    private let timeout: Duration
    private let client = HTTPClient(connections: 1)

    init(forge: MergeRequest.Forge, token: String, failure: String, timeout: Duration = .seconds(30)) {
        self.forge = forge
        self.token = token
        self.failure = failure
        self.timeout = timeout
    }

    func create(_ body: [String: String], at url: String) async throws {
        _ = try await send("POST", url, Array(JSONEncoder().encode(body)))
    }

    func update(_ body: [String: String], at url: String) async throws {
        _ = try await send(forge == .gitlab ? "PUT" : "PATCH", url, Array(JSONEncoder().encode(body)))
    }

    /// The first item of a list that is wanted, of `pages` pages at most; `query` is what the list is narrowed by.
    ///
    /// - Throws: `RunFailure.notCarriedOut` when the forge cannot be reached, refuses, or answers with no such list.
    func first<Item: Decodable>(
        _ type: Item.Type,
        at url: String,
        query: String = "",
        pages: Int,
        where isWanted: (Item) -> Bool
    ) async throws -> Item? {
        for page in 1...max(1, pages) {
            let address = "\(url)?\(query)per_page=\(Self.itemsPerPage)&page=\(page)"
            let answer = try await send("GET", address, [])
            guard let items = try? JSONDecoder().decode([Item].self, from: Data(answer)) else {
                throw RunFailure.notCarriedOut("\(failure): \(url) answers with something else than a list")
            }
            if let item = items.first(where: isWanted) { return item }
            if items.count < Self.itemsPerPage { break }
        }
        return nil
    }

    private func send(_ method: String, _ url: String, _ body: [UInt8]) async throws -> [UInt8] {
        var message = HTTPRequest(
            method: method,
            url: url,
            headers: forge.headers(token: token),
            body: body,
            timeout: timeout,
            maximumResponseBytes: 16 << 20
        )
        if !body.isEmpty { message.headers.append(HTTPHeader(name: "Content-Type", value: "application/json")) }
        let answer: HTTPResponse
        do {
            answer = try await client.send(message)
        } catch {
            throw RunFailure.notCarriedOut("\(failure): \(error)")
        }
        guard (200..<300).contains(answer.status) else {
            throw RunFailure.notCarriedOut(
                "\(failure): \(method) \(url) answers \(answer.status)\(advice(answer.status))"
            )
        }
        return answer.body
    }

    private func advice(_ status: Int) -> String {
        switch status {
        case 300..<400: ": the API has another address"
        case 401: ": the token is not valid"
        case 403: ": the token may not write here"
        case 404: ": there is no such thing, or the token may not see it"
        default: ""
        }
    }
}

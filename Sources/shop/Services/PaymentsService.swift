import HTTPTypes
import Hummingbird

/// Stands for a payment provider: some computing, some waiting for somebody else.
struct PaymentsService: Sendable {
    private struct Payment: Encodable {
        var order: Int
        var state: String
        var signature: UInt64
    }

    private static let computing = Duration.microseconds(200)
    private static let waiting = Duration.milliseconds(4)
    private static let delay = Duration.milliseconds(40)
    private static let failureShare = 0.2

    let faults: Set<Fault>

    func addRoutes(to router: Router<BasicRequestContext>) {
        router.get("/payments/{id}") { request, context in
            try await refuseSome(request)
            return try await answer(context, state: "settled")
        }
        router.post("/payments/{id}") { _, context in try await answer(context, state: "authorised") }
        router.get("/options/{id}") { _, context in try await answer(context, state: "open") }
    }

    private func answer(_ context: BasicRequestContext, state: String) async throws -> Response {
        let order = try context.parameters.require("id", as: Int.self)
        let signature = Checksum.compute(over: order, for: Self.computing)
        try await Task.sleep(for: faults.contains(.slowDependency) ? Self.waiting + Self.delay : Self.waiting)
        return try JSONDocument(encoding: Payment(order: order, state: state, signature: signature)).response()
    }

    /// With the fault, one in five first attempts fails; a second one never does.
    private func refuseSome(_ request: Request) async throws {
        guard faults.contains(.retries), request.headers[.retryAttempt] == nil else { return }
        guard Double.random(in: 0..<1) < Self.failureShare else { return }
        try await Task.sleep(for: Self.waiting)
        throw HTTPError(.serviceUnavailable, message: "the payment provider is busy")
    }
}

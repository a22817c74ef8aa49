import Hummingbird

/// Tempo's way to refuse: the reason as plain text.
enum TempoAnswer {
    static func response(_ body: () async throws -> Response) async throws -> Response {
        do {
            return try await body()
        } catch let error as CancellationError {
            throw error
        } catch {
            let refusal = FeedRefusal(error)
            return Response(
                status: refusal.status,
                headers: [.contentType: "text/plain; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: refusal.message + "\n"))
            )
        }
    }
}

import Authentication
import ServiceLifecycle

/// Looks after the file of tokens: what is added to it opens doors within seconds, what is taken from it closes them.
struct TokenRefresh: Service {
    private static let interval: Duration = .seconds(5)

    let book: TokenBook
    let report: @Sendable (String) -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: TokenRefresh.interval)) != nil {
                do throws(TokenFile.Failure) {
                    if try book.refresh() { report("\(book.path) was read again: \(book.tokens.count) tokens") }
                } catch {
                    report("\(error); the tokens of before stay")
                }
            }
        }
    }
}

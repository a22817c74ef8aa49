import Curl
import Glibc
import ServiceLifecycle

/// The other services as children of the frontend: started with it, and gone when it goes.
struct Neighbours: Service {
    /// What each child is started with, by name.
    let commands: [(name: String, arguments: [String])]
    /// The frontend's, whose health is that of the whole shop.
    let baseURL: String

    /// How long children have to finish their requests and flush their spans.
    private static let patience = Duration.seconds(4)
    private static let pause = Duration.milliseconds(50)

    func run() async throws {
        var children: [ChildProcess] = []
        var failure: (any Error)?
        do {
            for command in commands {
                children.append(try ChildProcess(name: command.name, arguments: command.arguments))
            }
            failure = await firstEnd(among: &children)
        } catch {
            failure = error
        }
        await stop(children)
        if let failure { throw failure }
    }

    /// Waits until a child ends by itself; `nil` when the shop is to end.
    private func firstEnd(among children: inout [ChildProcess]) async -> (any Error)? {
        let client = HTTPClient(connections: 1)
        let health = HTTPRequest(url: "\(baseURL)/healthz", timeout: .seconds(2))
        var isReady = false
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            if let index = children.firstIndex(where: { $0.hasEnded() }) {
                return ChildProcessError.ended(children.remove(at: index).name)
            }
            if !isReady, (try? await client.send(health))?.status == 200 {
                isReady = true
                print("shop: ready on \(baseURL)")
                fflush(nil)
            }
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.pause) }
        }
        return nil
    }

    /// Asks politely, then does not ask.
    private func stop(_ children: [ChildProcess]) async {
        var left = children
        for child in left { child.send(SIGTERM) }
        let deadline = ContinuousClock.now + Self.patience
        while !left.isEmpty, ContinuousClock.now < deadline {
            left.removeAll { $0.hasEnded() }
            // A task of its own, since this one may be cancelled already and would not wait.
            await Task.detached { try? await Task.sleep(for: Self.pause) }.value
        }
        for child in left { child.send(SIGKILL) }
    }
}

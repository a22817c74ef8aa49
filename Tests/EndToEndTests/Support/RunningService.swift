import Foundation
import TestSupport

/// `plimsoll serve` on free ports, in a folder of its own.
struct RunningService {
    let command: TestSupport.Command
    let otlp: Int
    let web: Int

    var url: String { "http://127.0.0.1:\(web)" }

    init(in place: Workplace, _ extra: String...) async throws {
        command = try TestSupport.Command(
            Workplace.plimsoll,
            ["serve", "--store", place.store, "--http", "0", "--grpc", "0", "--port", "0"] + extra,
            directory: place.directory
        )
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            let said = command.standardErrorSoFar
            if let otlp = said.firstMatch(of: /OTLP\/http on 127\.0\.0\.1:(\d+)/).flatMap({ Int($0.1) }),
                let web = said.firstMatch(of: /API on http:\/\/127\.0\.0\.1:(\d+)/).flatMap({ Int($0.1) })
            {
                (self.otlp, self.web) = (otlp, web)
                return
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        command.interrupt()
        throw CommandError.timedOut(after: 30, said: command.standardErrorSoFar)
    }

    func stop() async throws -> TestSupport.Command.Result {
        command.interrupt()
        return try await command.wait(timeout: 30)
    }
}

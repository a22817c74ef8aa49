import ArgumentParser
import Foundation
import Runs

/// A running service that is asked instead of its store.
struct ServiceOptions: ParsableArguments {
    @Option(name: .long, help: "Ask a running `plimsoll serve` instead of its store, such as http://127.0.0.1:4320.")
    var server: String?

    @Option(
        name: .long,
        help: "Token for --server, of the scopes read and write (default: PLIMSOLL_SERVER_TOKEN)."
    )
    var token: String?

    func validate() throws {
        guard token == nil || server != nil else { throw ValidationError("--token needs --server") }
    }

    /// `nil` where no service was named.
    func service(environment: [String: String]) throws(RunFailure) -> PlimsollService? {
        guard let server else { return nil }
        return try PlimsollService(url: server, token: token ?? environment["PLIMSOLL_SERVER_TOKEN"])
    }
}

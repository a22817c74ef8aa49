/// What `plimsoll load` was asked for on the command line.
package struct FirstLookSettings: Sendable {
    package var url: String
    package var method = "GET"
    /// Requests per second.
    package var rate = 50.0
    /// Virtual users that send as soon as they are answered, instead of a rate; `nil` for none.
    package var users: Int?
    package var duration = Duration.seconds(10)
    package var warmup = Duration.zero
    package var timeout = Duration.seconds(10)
    package var connections = 256
    package var isPoisson = false
    package var seed: UInt64 = 1
    /// `Name: value` each.
    package var headers: [String] = []
    package var body: String?
    /// Path of a file to send.
    package var bodyFile: String?
    /// `name:password` for basic authentication.
    package var user: String?
    package var statuses: Set<Int> = []
    package var usesHTTP2 = false
    package var keepsConnections = true
    package var redirectLimit = 0
    package var unixSocket: String?
    package var proxy: String?
    package var authorities: String?
    package var certificate: String?
    package var key: String?
    package var verifies = true
    /// Generator threads; `nil` for the engine's own choice.
    package var workers: Int?

    package init(url: String) {
        self.url = url
    }
}

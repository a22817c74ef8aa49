import ArgumentParser
import Foundation
import LoadGeneration
import Plans
import Reporting
import Runs

/// `plimsoll load`: the engine alone, for a first look at a URL.
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Load one URL at a fixed rate, without a plan, and print what came of it.",
        discussion: """
            Arrivals do not wait for answers, latency counts from when a request was due, and every arrival ends in \
            exactly one bucket. Exit code 0 when it was measured, 1 when more than 1 % of the arrivals failed, 4 when \
            the measurement cannot be trusted.

            EXAMPLES
              plimsoll load http://127.0.0.1:8080/cart --rps 200 --duration 30s
              plimsoll load https://shop.local/ --http2 --cacert ca.pem --json
              plimsoll load localhost:8080/orders -X POST -d '{"id":"{{uuid}}"}'
            """
    )

    @Argument(help: "Address to load; {{seq}}, {{uuid}} and {{random 1 100}} are filled in for every request.")
    var url: String

    @Option(name: .long, help: "Requests per second.")
    var rps = 50.0

    @Option(name: .long, help: "Virtual users, each sending as soon as it is answered; instead of --rps.")
    var users: Int?

    @Option(name: .long, help: "How long, such as 30s or 5m.")
    var duration = "10s"

    @Option(name: .long, help: "Load before the measurement.")
    var warmup = "0s"

    @Option(name: .long, help: "Of each request.")
    var timeout = "10s"

    @Option(name: .long, help: "Connections at most; with HTTP/2 requests in flight.")
    var connections = 256

    @Option(name: [.customShort("X"), .long], help: "HTTP method (default: GET, POST with a body).")
    var method: String?

    @Option(name: [.customShort("H"), .long], help: "`Name: value`; may be repeated.")
    var header: [String] = []

    @Option(name: [.customShort("d"), .long], help: "Body; sent as JSON when it is JSON. Templates are filled in.")
    var body: String?

    @Option(name: .long, help: "File to send as body, as it is.")
    var bodyFile: String?

    @Option(name: [.customShort("u"), .long], help: "name:password for basic authentication.")
    var user: String?

    @Option(name: .long, help: "Status that counts as success; may be repeated (default: 200...399).")
    var status: [Int] = []

    @Flag(name: .customLong("http2"), help: "HTTP/2; over TLS where libcurl cannot do it in plain text.")
    var usesHTTP2 = false

    @Flag(name: .customLong("no-keepalive"), help: "A new connection for every request.")
    var opensEach = false

    @Flag(name: .long, help: "Follow redirects, on the same server.")
    var redirects = false

    @Flag(name: .long, help: "Poisson arrivals instead of evenly spaced ones.")
    var poisson = false

    @Option(name: .long, help: "Seed of arrivals and templates.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "Unix socket to use instead of host and port.")
    var unixSocket: String?

    @Option(name: .long, help: "Proxy, such as http://127.0.0.1:3128.")
    var proxy: String?

    @Option(name: .long, help: "PEM file of authorities to trust instead of the system's.")
    var cacert: String?

    @Option(name: .long, help: "PEM file of a client certificate.")
    var cert: String?

    @Option(name: .long, help: "PEM file of its key.")
    var key: String?

    @Flag(name: .long, help: "Trust any certificate.")
    var insecure = false

    @Option(name: .long, help: "Generator threads.")
    var workers: Int?

    @Option(name: .long, help: "Write the latency histogram there, as HdrHistogram percentile text.")
    var histogram: String?

    @Flag(name: .long, help: "Print JSON on standard output; people's words go to standard error.")
    var json = false

    @Flag(name: .long, help: "Print no progress.")
    var quiet = false

    func validate() throws {
        guard rps > 0, rps <= 1_000_000 else { throw ValidationError("--rps must be above 0, at most 1000000") }
        guard users.map({ (1...65_535).contains($0) }) ?? true else {
            throw ValidationError("--users must be 1...65535")
        }
        guard (1...65_535).contains(connections) else { throw ValidationError("--connections must be 1...65535") }
        guard status.allSatisfy({ (100...599).contains($0) }) else {
            throw ValidationError("--status must be 100...599")
        }
        guard workers.map({ (1...64).contains($0) }) ?? true else { throw ValidationError("--workers must be 1...64") }
        for (option, text) in [("--duration", duration), ("--timeout", timeout)] {
            guard let length = Plans.Quantity.duration(text), length > .zero else {
                throw ValidationError("\(option) wants a duration with its unit, such as 30s; found \(text)")
            }
        }
        guard Plans.Quantity.duration(warmup) != nil else {
            throw ValidationError("--warmup wants a duration with its unit, such as 5s; found \(warmup)")
        }
    }

    func run() async throws {
        let display = ProgressDisplay(terminal: Terminal(descriptor: STDERR_FILENO), isQuiet: quiet)
        let interruption = RunInterruption()
        let signals = InterruptSignals {
            if interruption.isRequested { _exit(130) }
            interruption.request()
        }
        defer { withExtendedLifetime(signals) {} }
        do {
            let look = try FirstLook(settings)
            let report = try await look.execute(interruption: interruption) { display.show($0) }
            display.finish()
            try writeResult(report.text, to: json ? STDERR_FILENO : STDOUT_FILENO, terminator: "")
            if json { try writeResult(report.json(), to: STDOUT_FILENO, terminator: "") }
            if let histogram { try write(report.percentiles, to: histogram) }
            throw ExitCode(report.exitCode)
        } catch let failure as RunFailure {
            display.finish()
            for line in failure.lines { writeLine(line, to: STDERR_FILENO) }
            throw ExitCode(failure.exitCode)
        }
    }

    private func write(_ text: String, to path: String) throws {
        do {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw RunFailure.badOption("--histogram: cannot write \(path)")
        }
    }

    private var settings: FirstLookSettings {
        var settings = FirstLookSettings(url: url)
        let hasBody = body != nil || bodyFile != nil
        settings.method = method?.uppercased() ?? (hasBody ? "POST" : "GET")
        settings.rate = rps
        settings.users = users
        settings.duration = Plans.Quantity.duration(duration) ?? .seconds(10)
        settings.warmup = Plans.Quantity.duration(warmup) ?? .zero
        settings.timeout = Plans.Quantity.duration(timeout) ?? .seconds(10)
        settings.connections = connections
        settings.isPoisson = poisson
        settings.seed = seed
        settings.headers = header
        settings.body = body
        settings.bodyFile = bodyFile
        settings.user = user
        settings.statuses = Set(status)
        settings.usesHTTP2 = usesHTTP2
        settings.keepsConnections = !opensEach
        settings.redirectLimit = redirects ? 10 : 0
        settings.unixSocket = unixSocket
        settings.proxy = proxy
        settings.authorities = cacert
        settings.certificate = cert
        settings.key = key
        settings.verifies = !insecure
        settings.workers = workers
        return settings
    }
}

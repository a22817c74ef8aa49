import ArgumentParser
import FoundationEssentials
import Glibc
import ServiceLifecycle

/// A small web shop to load: four services, real queries, real spans, and faults to find.
@main
struct Shop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shop",
        abstract: "A small web shop of four services, with faults to find.",
        discussion: """
            Spans go to OTEL_EXPORTER_OTLP_ENDPOINT (default http://127.0.0.1:4318). Services listen on 127.0.0.1, on \
            the frontend's port and the three after it. Faults may also be named in SHOP_FAULT, separated by commas; \
            SHOP_VERSION is the service.version that spans tell.
            """
    )

    enum Part: String, CaseIterable, ExpressibleByArgument {
        case all, frontend, orders, catalog, payments
    }

    @Argument(help: "Which service to run; 'all' runs the frontend and starts the others as child processes.")
    var part: Part

    @Option(help: "The frontend's port; orders, catalog and payments use the next three.")
    var port = 8080

    @Option(name: .customLong("fault"), help: "Something to be wrong on purpose; may be repeated.")
    var faults: [Fault] = []

    @Option(help: ArgumentHelp("End when this process, the parent, is gone.", visibility: .hidden))
    var parent: Int32?

    func validate() throws {
        guard (1...65_532).contains(port) else { throw ValidationError("--port must be in 1...65532") }
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let faults = try Set(faults).union(Fault.parse(environment["SHOP_FAULT"] ?? ""))
        let process = ServiceProcess(
            name: ServiceName(rawValue: part.rawValue) ?? .frontend,
            basePort: port,
            faults: faults,
            telemetryEndpoint: environment["OTEL_EXPORTER_OTLP_ENDPOINT"] ?? "http://127.0.0.1:4318",
            companions: companions(faults: faults)
        )
        do {
            try await process.run()
        } catch is ParentGone {
            return
        } catch {
            // The parser's own printing would add its usage text to what has nothing to do with usage.
            let line = "shop: \(process.name.rawValue) on 127.0.0.1:\(process.port): \(error)\n"
            write(STDERR_FILENO, line, line.utf8.count)
            throw ExitCode.failure
        }
    }

    /// What runs beside the server: the other services for `all`, an eye on the parent for a child.
    private func companions(faults: Set<Fault>) -> [any Service] {
        if let parent { return [ParentWatch(parent: parent)] }
        guard part == .all else { return [] }
        let others: [ServiceName] = [.orders, .catalog, .payments]
        // SHOP_FAULT reaches the children by itself; what was named by flag must be passed on.
        let flags = faults.map(\.rawValue).sorted().flatMap { ["--fault", $0] }
        return [
            Neighbours(
                commands: others.map { other in
                    (other.rawValue, [other.rawValue, "--port", "\(port)", "--parent", "\(getpid())"] + flags)
                },
                baseURL: "http://127.0.0.1:\(port)"
            )
        ]
    }
}

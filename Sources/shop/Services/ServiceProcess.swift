import Curl
import Exporters
import Hummingbird
import Logging
import ServiceLifecycle
import UnixSignals

/// One service with its server, its telemetry and its end.
struct ServiceProcess {
    let name: ServiceName
    /// The frontend's; the others follow from it.
    let basePort: Int
    let faults: Set<Fault>
    /// Base URL of the OTLP receiver.
    let telemetryEndpoint: String
    /// Run beside the server, and stopped after it.
    let companions: [any Service]

    /// Serves until SIGTERM or SIGINT, or until a companion fails.
    func run() async throws {
        let exporter = OTLPExporter(
            endpoint: telemetryEndpoint,
            resource: ProcessResource.attributes(of: name, port: port),
            scope: "plimsoll.shop"
        )
        let folder = try ScratchFolder()
        defer { folder.remove() }
        do {
            try await serve(tracer: Tracer(exporter: exporter), folder: folder)
        } catch {
            await exporter.shutdown()
            throw error
        }
        await exporter.shutdown()
    }

    var port: Int { name.port(besideFrontend: basePort) }

    private func serve(tracer: Tracer, folder: ScratchFolder) async throws {
        var logger = Logger(label: "shop.\(name.rawValue)")
        // What ends a service is thrown and told in one line; the server's own account of it would come on top.
        logger.logLevel = .critical
        let router = Router()
        let counters = RequestCounters()
        router.add(middleware: CountingMiddleware(counters: counters))
        router.add(middleware: TracingMiddleware(tracer: tracer, port: port))
        router.get("/metrics") { [name] _, _ in MetricsPage(service: name, counters: counters).response() }
        let dependencies = try addRoutes(to: router, tracer: tracer, folder: folder)
        router.get("/healthz") { _, _ in await HealthPage(dependencies: dependencies).response() }
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            logger: logger
        )
        var configuration = ServiceGroupConfiguration(
            services: companions + [application],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        // Connections that clients keep open must not hold up the end.
        configuration.maximumGracefulShutdownDuration = .seconds(3)
        try await ServiceGroup(configuration: configuration).run()
    }

    /// Adds the service's own routes, and returns what it cannot be healthy without.
    private func addRoutes(
        to router: Router<BasicRequestContext>,
        tracer: Tracer,
        folder: ScratchFolder
    ) throws -> [ServiceClient] {
        let http = HTTPClient(connections: 64)
        let client = { (service: ServiceName) in
            ServiceClient(service, port: service.port(besideFrontend: basePort), tracer: tracer, client: http)
        }
        switch name {
        case .frontend:
            let frontend = FrontendService(
                orders: client(.orders),
                catalog: client(.catalog),
                payments: client(.payments),
                faults: faults
            )
            frontend.addRoutes(to: router)
            return frontend.dependencies
        case .orders:
            let store = try OrdersStore(in: folder, tracer: tracer, faults: faults)
            let orders = OrdersService(
                store: store,
                catalog: client(.catalog),
                payments: client(.payments),
                faults: faults
            )
            orders.addRoutes(to: router)
        case .catalog:
            CatalogService(store: try CatalogStore(in: folder, tracer: tracer)).addRoutes(to: router)
        case .payments:
            PaymentsService(faults: faults).addRoutes(to: router)
        }
        return []
    }
}

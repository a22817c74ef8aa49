import ArgumentParser

/// The services of the shop, each a process of its own.
enum ServiceName: String, CaseIterable, Sendable, ExpressibleByArgument {
    case frontend, orders, catalog, payments

    /// Its port, counted from the frontend's.
    func port(besideFrontend frontend: Int) -> Int {
        switch self {
        case .frontend: frontend
        case .orders: frontend + 1
        case .catalog: frontend + 2
        case .payments: frontend + 3
        }
    }
}

package import Telemetry

/// One operation of a made-up system: how long it takes by itself, how often its caller calls it, how it fails.
package struct SyntheticOperation: Sendable, Hashable {
    package var key: OperationKey
    /// Index of the caller, which stands before it; `nil` for an entry.
    package var caller: Int?
    /// Median exclusive time, milliseconds.
    package var milliseconds: Double
    /// Standard deviation of the logarithm of exclusive time between calls.
    package var deviation: Double
    /// Calls for each call of the caller; for an entry the share of requests that come in here.
    package var calls: Double
    /// Share of calls that fail here, 0...1.
    package var errorRate: Double
    package var errorType: String
    /// Share of calls that take `tailFactor` times as long.
    package var tailShare = 0.0
    package var tailFactor = 1.0

    package init(
        _ service: String,
        _ name: String,
        kind: SpanKind = .server,
        caller: Int? = nil,
        milliseconds: Double,
        deviation: Double = 0.6,
        calls: Double = 1,
        errorRate: Double = 0,
        errorType: String = "IOError"
    ) {
        key = OperationKey(service: service, name: name, kind: kind)
        self.caller = caller
        self.milliseconds = milliseconds
        self.deviation = deviation
        self.calls = calls
        self.errorRate = errorRate
        self.errorType = errorType
    }
}

extension [SyntheticOperation] {
    /// A shop of five services: two entries, orders with a database and a payment, a catalog with a database, and mail.
    package static let shop: [SyntheticOperation] = [
        SyntheticOperation("frontend", "POST /checkout", milliseconds: 15, calls: 0.5),
        SyntheticOperation("frontend", "GET /product", milliseconds: 12, calls: 0.5),
        SyntheticOperation("orders", "POST /orders", caller: 0, milliseconds: 60, errorRate: 0.004),
        SyntheticOperation("orders", "INSERT orders", kind: .client, caller: 2, milliseconds: 25, deviation: 0.5),
        SyntheticOperation("payment", "POST /charge", caller: 2, milliseconds: 80, errorRate: 0.01),
        SyntheticOperation("mail", "POST /mail", caller: 0, milliseconds: 10, deviation: 0.8),
        SyntheticOperation("catalog", "GET /items", caller: 1, milliseconds: 50, errorRate: 0.002),
        SyntheticOperation("catalog", "SELECT items", kind: .client, caller: 6, milliseconds: 20, deviation: 0.5),
        SyntheticOperation("catalog", "render", kind: .internal, caller: 6, milliseconds: 0.3, deviation: 0.5),
    ]

    /// The index of an operation by its name.
    package func index(of name: String) -> Int? { firstIndex { $0.key.name == name } }
}

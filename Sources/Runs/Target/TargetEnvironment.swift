/// What a started target is told, beside the environment Plimsoll itself was given.
struct TargetEnvironment: Sendable {
    let otlpPort: Int
    let edition: String
    let inherited: [String: String]

    /// The standard variables of OpenTelemetry SDKs, aimed at Plimsoll's receiver.
    ///
    /// The endpoint always points here, since a run without spans has no culprit; a start script may still override
    /// it. The rest yields to what the user has set.
    var variables: [String: String] {
        var variables = [
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(otlpPort)",
            "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
            // So that one start script can start every edition.
            "PLIMSOLL_EDITION": edition,
        ]
        // The SDKs' 5 s would only make the drain after the load longer.
        let defaults = ["OTEL_BSP_SCHEDULE_DELAY": "500"]
        for (name, value) in defaults where inherited[name] == nil { variables[name] = value }
        return variables
    }
}

/// Who may import whom: the diagram of `docs/architecture.md` as data.
///
/// SwiftPM lets a target import what its dependencies depend on, so this table is what keeps the layers apart.
enum ImportTable {
    /// Targets of this package, by the target that may import them.
    static let own: [String: Set<String>] = [
        "CLibcurl": [],
        "CProtobufC": [],
        "CZlib": [],
        "CZstd": [],
        "COTLP": ["CProtobufC"],
        "Curl": ["CLibcurl"],
        "Authentication": [],
        "Statistics": [],
        "Telemetry": ["Statistics"],
        "Plans": [],
        "OTLP": ["Telemetry", "COTLP"],
        "Correlation": ["Telemetry", "Statistics"],
        "Analysis": ["Telemetry", "Statistics", "Plans", "Correlation"],
        "LoadGeneration": ["Telemetry", "Statistics", "Plans", "Curl"],
        "Exporters": ["Telemetry", "OTLP", "Curl"],
        "Listeners": [],
        "Collectors": ["Authentication", "Telemetry", "OTLP", "Curl", "CZlib", "CZstd", "Listeners"],
        "Baselines": ["Statistics", "Telemetry", "Plans", "Correlation", "Analysis"],
        "Reporting": ["Authentication", "Statistics", "Telemetry", "Correlation", "Analysis"],
        "Runs": [
            "Authentication", "Statistics", "Telemetry", "Plans", "Curl", "OTLP", "Correlation", "Analysis",
            "LoadGeneration", "Exporters", "Listeners", "Collectors", "Baselines", "Reporting",
        ],
        "Web": [
            "Authentication", "Statistics", "Telemetry", "OTLP", "Correlation", "Analysis", "Listeners", "Collectors",
            "Baselines", "Reporting", "Runs",
        ],
        "plimsoll": [
            "Authentication", "Telemetry", "Listeners", "Runs", "Web", "Plans", "LoadGeneration", "Analysis",
            "Baselines",
            "Reporting",
        ],
        "shop": ["Telemetry", "OTLP", "Exporters", "Curl"],
    ]

    /// Products of other packages, by the targets that wall them in.
    static let walls: [String: Set<String>] = [
        "ArgumentParser": ["plimsoll", "shop"],
        "GRDB": ["Baselines", "shop"],
        "Hummingbird": ["Collectors", "Web", "shop"],
        "HummingbirdCore": ["Listeners", "Collectors", "Web"],
        "HummingbirdTLS": ["Listeners"],
        "Logging": ["Listeners", "Collectors", "Runs", "Web", "shop"],
        "Mustache": ["Reporting", "Web"],
        "NIOCertificateReloading": ["Listeners"],
        "NIOHTTP2": ["Collectors"],
        "NIOPosix": ["Collectors"],
        "NIOSSL": ["Listeners", "Collectors"],
        "ServiceLifecycle": ["Listeners", "Collectors", "Runs", "Web", "shop"],
        "Subprocess": ["Runs"],
        "UnixSignals": ["shop"],
        "Yams": ["Plans"],
    ]

    /// Modules whose types stand in a product's own interface; they come with these products.
    static let companions: [String: Set<String>] = [
        "HTTPTypes": ["Hummingbird", "HummingbirdCore"],
        "NIOCore": ["Hummingbird", "HummingbirdCore"],
        "NIOHPACK": ["NIOHTTP2"],
        "NIOHTTPTypes": ["HummingbirdCore"],
        "SystemPackage": ["Subprocess"],
    ]

    /// Foreign modules whose types may stand in a `package` interface; all others stay inside their wall.
    static let mayCrossWalls: Set<String> = ["ArgumentParser", "Logging", "ServiceLifecycle"]

    /// Targets whose `package` interface speaks of foreign modules, because they are for those who may import them.
    static let gates: [String: Set<String>] = ["Listeners": ["HummingbirdCore", "NIOCore", "NIOSSL"]]

    /// What comes with the toolchain.
    static let toolchain: Set<String> = [
        "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Swift", "Synchronization",
    ]

    /// Libraries a C file may include, by the one target that may.
    static let cHeaders: [String: Set<String>] = [
        "curl/": ["CLibcurl"],
        "protobuf-c/": ["CProtobufC", "COTLP"],
        "sqlite3.h": [],
        "zlib.h": ["CZlib"],
        "zstd.h": ["CZstd"],
    ]

    static func allows(_ module: String, in target: String) -> Bool {
        toolchain.contains(module)
            || own[target]?.contains(module) == true
            || (companions[module] ?? [module]).contains { walls[$0]?.contains(target) == true }
    }

    /// What `Package.swift` must declare for a target.
    static func dependencies(of target: String) -> Set<String> {
        let products = walls.filter { $0.value.contains(target) }.map(\.key)
        return (own[target] ?? []).union(products)
    }
}

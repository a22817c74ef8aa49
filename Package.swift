// swift-tools-version: 6.2
import PackageDescription

// Every Swift target compiles with the same strict settings; `docs/architecture.md` says why.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

// The import table of `docs/architecture.md`, as SwiftPM sees it. `ArchitectureTests` holds sources to it.
let package = Package(
    name: "plimsoll",
    products: [
        .executable(name: "plimsoll", targets: ["plimsoll"]),
        .executable(name: "shop", targets: ["shop"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", exact: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
    ],
    targets: [
        // Walls around C libraries.
        .systemLibrary(
            name: "CLibcurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]
        ),
        .systemLibrary(
            name: "CProtobufC",
            pkgConfig: "libprotobuf-c",
            providers: [.apt(["libprotobuf-c-dev"])]
        ),
        .systemLibrary(
            name: "CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"])]
        ),
        .systemLibrary(
            name: "CZstd",
            pkgConfig: "libzstd",
            providers: [.apt(["libzstd-dev"])]
        ),
        .target(
            name: "COTLP",
            dependencies: ["CProtobufC"],
            exclude: ["generate.sh", "otlp.proto", "pprof.proto"],
            cSettings: [.headerSearchPath("include")]
        ),
        .target(name: "Curl", dependencies: ["CLibcurl"], swiftSettings: strict),

        // Pure roots.
        .target(name: "Authentication", swiftSettings: strict),
        .target(name: "Statistics", swiftSettings: strict),
        .target(name: "Telemetry", dependencies: ["Statistics"], swiftSettings: strict),
        .target(
            name: "Plans",
            dependencies: [.product(name: "Yams", package: "Yams")],
            swiftSettings: strict
        ),

        // Pure stages.
        .target(name: "OTLP", dependencies: ["Telemetry", "COTLP"], swiftSettings: strict),
        .target(name: "Correlation", dependencies: ["Telemetry", "Statistics"], swiftSettings: strict),
        .target(
            name: "Analysis",
            dependencies: ["Telemetry", "Statistics", "Plans", "Correlation"],
            swiftSettings: strict
        ),

        // Edges.
        .target(
            name: "LoadGeneration",
            dependencies: ["Telemetry", "Statistics", "Plans", "Curl"],
            swiftSettings: strict
        ),
        .target(name: "Exporters", dependencies: ["Telemetry", "OTLP", "Curl"], swiftSettings: strict),
        .target(
            name: "Listeners",
            dependencies: [
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCertificateReloading", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Collectors",
            dependencies: [
                "Authentication", "Telemetry", "OTLP", "Curl", "CZlib", "CZstd", "Listeners",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Baselines",
            dependencies: [
                "Statistics", "Telemetry", "Plans", "Correlation", "Analysis",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Reporting",
            dependencies: [
                "Authentication", "Statistics", "Telemetry", "Correlation", "Analysis",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: strict
        ),

        // Composition and commands.
        .target(
            name: "Runs",
            dependencies: [
                "Authentication", "Statistics", "Telemetry", "Plans", "Curl", "OTLP", "Correlation", "Analysis",
                "LoadGeneration", "Exporters", "Listeners", "Collectors", "Baselines", "Reporting",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Web",
            dependencies: [
                "Authentication", "Statistics", "Telemetry", "OTLP", "Correlation", "Analysis", "Listeners",
                "Collectors",
                "Baselines", "Reporting", "Runs",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "plimsoll",
            dependencies: [
                "Authentication", "Telemetry", "Listeners", "Runs", "Web", "Plans", "LoadGeneration", "Analysis",
                "Baselines",
                "Reporting",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "shop",
            dependencies: [
                "Telemetry", "OTLP", "Exporters", "Curl",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),

        // Tests.
        .target(
            name: "TestSupport",
            dependencies: ["Statistics", "Telemetry", "Plans", "Correlation", "Analysis"],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        .testTarget(name: "ArchitectureTests", dependencies: ["TestSupport"], swiftSettings: strict),
        .testTarget(name: "AuthenticationTests", dependencies: ["Authentication"], swiftSettings: strict),
        .testTarget(name: "StatisticsTests", dependencies: ["Statistics", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "TelemetryTests", dependencies: ["Telemetry", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "PlansTests",
            dependencies: ["Plans", "LoadGeneration", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "OTLPTests",
            dependencies: ["OTLP", "COTLP", "Telemetry", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CorrelationTests",
            dependencies: ["Correlation", "Telemetry", "Statistics", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "AnalysisTests",
            dependencies: ["Analysis", "Correlation", "Telemetry", "Statistics", "Plans", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "LoadGenerationTests",
            dependencies: ["LoadGeneration", "Curl", "Telemetry", "Statistics", "Plans", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CollectorsTests",
            dependencies: [
                "Collectors", "Listeners", "Authentication", "Exporters", "Curl", "CZlib", "CZstd", "OTLP", "Telemetry",
                "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOHPACK", package: "swift-nio-http2"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BaselinesTests",
            dependencies: [
                "Baselines", "Analysis", "Correlation", "Plans", "Telemetry", "Statistics", "TestSupport",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ReportingTests",
            dependencies: ["Reporting", "Analysis", "Correlation", "Telemetry", "Statistics", "TestSupport"],
            exclude: ["Snapshots"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Web", "Runs", "Baselines", "Collectors", "Analysis", "Correlation", "OTLP", "Telemetry", "Statistics",
                "Curl", "Listeners", "Authentication", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RunsTests",
            dependencies: [
                "Runs", "Baselines", "Analysis", "Correlation", "Telemetry", "Statistics", "Curl", "OTLP", "Exporters",
                "TestSupport",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "InteropTests",
            dependencies: [
                "Analysis", "Baselines", "Collectors", "Correlation", "Curl", "OTLP", "Runs", "Statistics", "Telemetry",
                "TestSupport", "Web", "plimsoll",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["TestSupport", "Curl", "plimsoll", "shop"],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.2
import PackageDescription

// The parsers that read what anyone may send, built with libFuzzer's instrumentation; `scripts/fuzz` runs them.
// A package of its own, over links to the same sources, so that the product's build knows nothing of it.
let instrumented: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .unsafeFlags(["-sanitize=fuzzer"]),
]

func fuzzer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name,
        dependencies: ["Fuzzing"] + dependencies,
        swiftSettings: instrumented + [.unsafeFlags(["-parse-as-library"])],
        linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]
    )
}

let package = Package(
    name: "fuzzing",
    targets: [
        .systemLibrary(name: "CProtobufC", pkgConfig: "libprotobuf-c"),
        .target(
            name: "COTLP",
            dependencies: ["CProtobufC"],
            exclude: ["generate.sh", "otlp.proto", "pprof.proto"],
            cSettings: [.headerSearchPath("include"), .unsafeFlags(["-fsanitize=fuzzer-no-link"])]
        ),
        .target(name: "Driver"),
        .target(name: "Fuzzing", dependencies: ["Driver"]),
        .target(name: "Statistics", swiftSettings: instrumented),
        .target(name: "Telemetry", dependencies: ["Statistics"], swiftSettings: instrumented),
        .target(name: "OTLP", dependencies: ["Telemetry", "COTLP"], swiftSettings: instrumented),
        .target(
            name: "Exposition",
            dependencies: ["OTLP", "Telemetry"],
            // Whole files, which may be compressed: of another folder's making.
            exclude: ["MetricFile.swift"],
            swiftSettings: instrumented
        ),
        fuzzer("FuzzProtobuf", ["OTLP", "Telemetry"]),
        fuzzer("FuzzJSON", ["OTLP", "Telemetry"]),
        fuzzer("FuzzExposition", ["Exposition", "Telemetry"]),
        fuzzer("FuzzTraceContext", ["Telemetry"]),
    ],
    swiftLanguageModes: [.v6]
)

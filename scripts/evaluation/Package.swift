// swift-tools-version: 6.2
import PackageDescription

// The simulations behind docs/accuracy.md, optimised; `scripts/eval-check` runs them.
// A package of its own, over links to the same sources, so that the product's build knows nothing of it.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "evaluation",
    dependencies: [.package(url: "https://github.com/jpsim/Yams", exact: "6.2.2")],
    targets: [
        .target(name: "Statistics", swiftSettings: strict),
        .target(name: "Telemetry", dependencies: ["Statistics"], swiftSettings: strict),
        .target(name: "Plans", dependencies: [.product(name: "Yams", package: "Yams")], swiftSettings: strict),
        .target(name: "Correlation", dependencies: ["Telemetry", "Statistics"], swiftSettings: strict),
        .target(
            name: "Analysis",
            dependencies: ["Telemetry", "Statistics", "Plans", "Correlation"],
            swiftSettings: strict
        ),
        .target(name: "TestSupport", dependencies: ["Statistics", "Telemetry", "Correlation"], swiftSettings: strict),
        .target(
            name: "DeployStudies",
            dependencies: ["Statistics", "Telemetry", "Correlation", "Analysis", "TestSupport"],
            exclude: ["DeployMarkerTests.swift", "DeployStudyTests.swift"],
            swiftSettings: strict
        ),
        .executableTarget(name: "EvalCheck", dependencies: ["DeployStudies"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)

import Foundation

/// What `scripts/setup-interop` puts into `.interop`: programs that are not ours.
enum InteropPrograms {
    static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path
    static let prometheus = repository + "/.interop/bin/prometheus"
    static let promtool = repository + "/.interop/bin/promtool"
    static let k6 = repository + "/.interop/venv/bin/k6"
    /// Ours: the built products lie beside the test binary.
    static let plimsoll = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path + "/plimsoll"

    static func isInstalled(_ program: String) -> Bool { FileManager.default.isExecutableFile(atPath: program) }

    /// Whether a package of PyPI is in the environment that `scripts/setup-interop` makes.
    static func hasPackage(_ name: String) -> Bool {
        let packages = try? FileManager.default.contentsOfDirectory(atPath: repository + "/.interop/packages")
        return packages?.contains { $0.hasPrefix(name + "==") } == true
    }
}

import Foundation

/// What `scripts/setup-interop` puts into `.interop`: programs that are not ours.
enum InteropPrograms {
    static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path
    static let prometheus = repository + "/.interop/bin/prometheus"
    static let promtool = repository + "/.interop/bin/promtool"
    static let k6 = repository + "/.interop/venv/bin/k6"
    static let python = repository + "/.interop/venv/bin/python"
    /// Ours: the built products lie beside the test binary.
    static let plimsoll = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path + "/plimsoll"

    static func isInstalled(_ program: String) -> Bool { FileManager.default.isExecutableFile(atPath: program) }
}

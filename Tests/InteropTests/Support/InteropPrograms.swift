import Foundation

/// What `scripts/setup-interop` puts into `.interop`: programs that are not ours.
enum InteropPrograms {
    static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path
    static let prometheus = repository + "/.interop/bin/prometheus"
    static let promtool = repository + "/.interop/bin/promtool"
    static let k6 = repository + "/.interop/venv/bin/k6"
    static let python = repository + "/.venv/bin/python"

    static func isInstalled(_ program: String) -> Bool { FileManager.default.isExecutableFile(atPath: program) }

    /// The one match of a program inside the virtual environment's packages.
    static func packaged(_ suffix: String) -> String {
        let libraries = repository + "/.interop/venv/lib"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: libraries)) ?? []
        return versions.map { "\(libraries)/\($0)/site-packages/\(suffix)" }.first(where: isInstalled) ?? ""
    }
}

import Foundation

/// `fixtures/python-shop` and the virtual environment that `scripts/setup-python` makes for it.
enum PythonFixture {
    static let folder = Workplace.repository + "/fixtures/python-shop"
    static let environment = Workplace.repository + "/.venv"

    static var isInstalled: Bool {
        FileManager.default.isExecutableFile(atPath: environment + "/bin/opentelemetry-instrument")
    }
}

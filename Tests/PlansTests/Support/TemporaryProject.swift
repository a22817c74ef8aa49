import Foundation
import Plans

/// A project folder that lives as long as the value.
final class TemporaryProject {
    static let simplePlan = """
        moduleId: CheckoutService
        target: { baseUrl: "http://127.0.0.1:8080" }
        tests:
          - { type: load, endpoint: GET /checkout, rps: 10, duration: 10s }
        """
    static let environment = ["PORT": "8080", "TOKEN": "s3cret-token", "TENANT": "tenant-9", "EMPTY": ""]

    let directory: String

    init(_ files: [String: String] = [:]) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "plans-\(UUID().uuidString)").path
        self.directory = directory
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        for (name, text) in files { try write(name, Data(text.utf8)) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    func write(_ name: String, _ contents: Data) throws {
        let file = URL(filePath: directory).appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try contents.write(to: file)
    }

    /// Loads as from a shell that stands in the folder.
    func load(_ path: String? = nil) throws(ProjectError) -> Project {
        try ProjectLoader(environment: Self.environment, workingDirectory: directory).load(path)
    }

    func failure(_ path: String? = nil) -> ProjectError? {
        do throws(ProjectError) {
            _ = try load(path)
            return nil
        } catch {
            return error
        }
    }
}

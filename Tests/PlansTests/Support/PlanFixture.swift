import Foundation
import Testing

/// One file of `fixtures/plans`, with the diagnostics that its `# expect:` comments name.
struct PlanFixture: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String

    var testDescription: String { name }

    /// The name under which a project folder knows such a file.
    var fileName: String {
        let kinds = [
            "thresholds": "perf-thresholds.yaml", "weights": "customWeighting.yaml",
            "observability": "observability.config.yaml", "service": "service.metadata.yaml",
            "api": "generated.api.yaml", "edition": "edition.config.json", "traceplan": "trace.plan.yaml",
            "profile": "runtime-profile.yaml",
            "annotation": "studio.annotation.yaml", "baseline": "perf-baseline.memory.json",
            "events": "event-trace.json",
        ]
        return kinds[String(name.prefix { $0 != "-" && $0 != "." })] ?? "test-suite.plan.yaml"
    }

    /// `line:column: severity: message` each, in the order in which they are told.
    var expectations: [String] {
        text.split(separator: "\n").filter { $0.hasPrefix("# expect: ") }.map { String($0.dropFirst(10)) }
    }

    static func all(in folder: String) -> [PlanFixture] {
        let directory = root.appending(path: folder)
        let files = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
        return files.sorted().map { file in
            let data = try? Data(contentsOf: directory.appending(path: file))
            return PlanFixture(name: file, text: String(decoding: data ?? Data(), as: UTF8.self))
        }
    }

    /// Files that plans name: an API description, a table, certificates.
    static func companions() throws -> [String: String] {
        let folder = root.appending(path: "companions")
        var files: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where name.contains(".") {
            files[name] = String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
        }
        return files
    }

    static func named(_ path: String, ending: String = "yaml") throws -> PlanFixture {
        let data = try Data(contentsOf: root.appending(path: path + "." + ending))
        return PlanFixture(name: path, text: String(decoding: data, as: UTF8.self))
    }

    private static var root: URL {
        URL(filePath: #filePath).appending(path: "../../../../fixtures/plans").standardized
    }
}

import Testing

@Suite struct ImportRulesTests {
    @Test func `every import is in the table`() throws {
        let files = try Repository.files(under: "Sources")
        #expect(files.count > 50, "the sources were not found")
        for file in files {
            for statement in ImportStatement.all(in: file) {
                #expect(
                    ImportTable.allows(statement.module, in: file.target),
                    "\(file) imports \(statement.module), which \(file.target) may not use"
                )
            }
        }
    }

    @Test func `types of a walled library stay behind its wall`() throws {
        let foreign = Set(ImportTable.walls.keys).union(ImportTable.companions.keys)
            .union(["CLibcurl", "COTLP", "CProtobufC", "CZlib"])
        for file in try Repository.files(under: "Sources") {
            for statement in ImportStatement.all(in: file) where foreign.contains(statement.module) {
                let crosses =
                    statement.access == "package" && !ImportTable.mayCrossWalls.contains(statement.module)
                    && ImportTable.gates[file.target]?.contains(statement.module) != true
                #expect(!crosses, "\(file) lets types of \(statement.module) into its package interface")
            }
        }
    }

    @Test func `nothing is public, re-exported or opened for tests`() throws {
        for file in try Repository.files(under: "Sources") {
            for statement in ImportStatement.all(in: file) {
                #expect(statement.access != "public", "\(file): use `package import \(statement.module)`")
                #expect(statement.attributes.isEmpty, "\(file): \(statement.attributes)import \(statement.module)")
            }
            let isPublic = file.lines.contains { line in
                let code = line.drop { $0 == " " }
                return code.hasPrefix("public ") || code.hasPrefix("open ")
            }
            #expect(!isPublic, "\(file) declares something public; this package is no library")
        }
    }

    @Test func `C libraries are included in their own target only`() throws {
        for file in try Repository.files(under: "Sources", extensions: ["c", "h"]) {
            for line in file.lines {
                guard let header = line.firstMatch(of: /^\s*#\s*include\s*[<"]([^>"]+)[>"]/)?.1 else { continue }
                for (prefix, targets) in ImportTable.cHeaders where header.hasPrefix(prefix) {
                    #expect(targets.contains(file.target), "\(file) includes \(header)")
                }
            }
        }
    }

    @Test func `Package.swift declares exactly what the table allows`() throws {
        let manifest = PackageManifest(text: try Repository.text(of: "Package.swift"))
        let targets = manifest.targets.filter { !$0.isTest }
        #expect(Set(targets.map(\.name)) == Set(ImportTable.own.keys))
        for target in targets {
            #expect(target.dependencies == ImportTable.dependencies(of: target.name), "target \(target.name)")
        }
    }

    @Test func `no target has the name of a framework that dependencies ask for with canImport`() throws {
        // Found by any target of the build, ours would be taken for Apple's: swift-certificates stops compiling, for one.
        let frameworks: Set = [
            "Combine", "CryptoKit", "Darwin", "Dispatch", "Network", "OSLog", "Observation", "Security", "System", "os",
        ]
        let manifest = PackageManifest(text: try Repository.text(of: "Package.swift"))
        #expect(frameworks.isDisjoint(with: manifest.targets.map(\.name)))
    }

    @Test func `docs/architecture.md lists the targets and dependencies of Package.swift`() throws {
        let manifest = PackageManifest(text: try Repository.text(of: "Package.swift"))
        let page = try Repository.text(of: "docs/architecture.md")
        // A row is: | `Name` | what it is | `A`, `B` |
        let rows = page.matches(of: /(?m)^\| `(\w+)` \| [^|]+ \| ([^|]*) \|$/)
        let documented = Dictionary(
            rows.map { row in (String(row.1), Set(row.2.matches(of: /`(\w+)`/).map { String($0.1) })) },
            uniquingKeysWith: { first, _ in first }
        )
        for target in manifest.targets where !target.isTest {
            #expect(documented[target.name] == target.dependencies, "row of \(target.name)")
        }
        #expect(documented.count == manifest.targets.filter { !$0.isTest }.count)
    }

    @Test(arguments: [
        ("import Foundation", "Foundation", nil), ("package import Telemetry", "Telemetry", "package"),
        ("@testable import OTLP", "OTLP", nil), ("import struct HTTPTypes.HTTPFields", "HTTPTypes", nil),
        ("@preconcurrency internal import GRDB  // why", "GRDB", "internal"),
    ])
    func `reads an import line`(line: String, module: String, access: String?) throws {
        let statement = try #require(ImportStatement(line: line[...]))
        #expect(statement.module == module)
        #expect(statement.access == access)
    }

    @Test(arguments: ["// import Foundation", "let text = \"import Foundation\"", "importer.run()"])
    func `does not take other lines for imports`(line: String) {
        #expect(ImportStatement(line: line[...]) == nil)
    }
}

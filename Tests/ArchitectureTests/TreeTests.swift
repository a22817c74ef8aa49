import Testing

@Suite struct TreeTests {
    @Test func `the top level is exactly what the architecture says`() throws {
        let expected: Set = [
            "Package.swift", "Sources", "Tests", "collectors", "dashboards", "fixtures", "docs", "README.md",
            "LICENSE", "CONTRIBUTING.md", "AGENTS.md", "CHANGELOG.md", "Makefile", "scripts",
        ]
        let ignored = try Repository.text(of: ".gitignore").split(separator: "\n")
            .map { String($0.hasSuffix("/") ? $0.dropLast() : $0) }
        let found = try Repository.topLevel().filter { !$0.hasPrefix(".") && !ignored.contains($0) }
        #expect(Set(found) == expected)
    }

    @Test func `no Swift file is longer than 400 lines`() throws {
        for file in try Repository.files(under: "Sources") + Repository.files(under: "Tests") {
            #expect(file.lines.count <= 401, "\(file) has \(file.lines.count - 1) lines")
        }
    }

    @Test func `no file is a drawer for things without a name`() throws {
        for file in try Repository.files(under: "Sources") + Repository.files(under: "Tests") {
            #expect(file.name.firstMatch(of: /(?:Util|Utils|Helper|Helpers|Manager|Stub)\.swift$/) == nil, "\(file)")
        }
    }

    @Test func `decisions are numbered without gaps and have their three parts`() throws {
        let pages = try Repository.files(under: "docs/decisions", extensions: ["md"])
        #expect(pages.count >= 6)
        for (index, page) in pages.enumerated() {
            let number = String(index + 1)
            let prefix = String(repeating: "0", count: 4 - number.count) + number + "-"
            #expect(page.name.hasPrefix(prefix), "\(page) should be number \(prefix)")
            for heading in ["## Context", "## Decision", "## Consequences"] {
                #expect(page.lines.contains { $0 == heading }, "\(page) lacks \(heading)")
            }
        }
    }
}

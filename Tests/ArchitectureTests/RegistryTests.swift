import Testing

/// A registry is one ordered list in one file, and a type that is not in it never runs.
@Suite struct RegistryTests {
    @Test func `every detector is in the standard list`() throws {
        let files = try Repository.files(under: "Sources/Analysis/Detectors").filter {
            $0.name.hasSuffix("Detector.swift")
        }
        #expect(!files.isEmpty, "no detector was found")
        let list = try Repository.files(under: "Sources/Analysis").first { $0.name == "StandardDetectors.swift" }
        try expectListed(files, conformingTo: "FindingDetector", in: try #require(list))
    }

    @Test func `every artifact renderer is in the standard list`() throws {
        let files = try Repository.files(under: "Sources/Reporting").filter { file in
            file.text.firstMatch(of: /struct \w+: (?:\w+, )*ArtifactRenderer\b/) != nil
        }
        #expect(!files.isEmpty, "no renderer was found")
        let list = try Repository.files(under: "Sources/Reporting").first { $0.name == "StandardArtifacts.swift" }
        try expectListed(files, conformingTo: "ArtifactRenderer", in: try #require(list))
    }

    /// Each file says `extension P where Self == T { package static var name: Self }`, and the list says `.name`.
    private func expectListed(
        _ files: [Repository.File],
        conformingTo requirement: String,
        in list: Repository.File
    ) throws {
        for file in files {
            let declarations = file.text.matches(of: /extension (\w+) where Self == (\w+) \{[^}]*?static var (\w+):/)
            let names = declarations.filter { $0.1 == requirement }.map { String($0.3) }
            #expect(!names.isEmpty, "\(file) has no leading-dot name for the list")
            for name in names {
                let isListed = list.text.contains(try Regex("\\.\(name)\\b"))
                #expect(isListed, "\(file): add .\(name) to \(list)")
            }
        }
    }
}

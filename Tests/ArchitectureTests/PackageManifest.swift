/// The targets `Package.swift` declares, read from its text: asking SwiftPM would take seconds.
struct PackageManifest {
    struct Target: Hashable {
        var name: String
        /// Targets of this package and products of others.
        var dependencies: Set<String>
        var isTest: Bool
    }

    let targets: [Target]

    init(text: String) {
        targets = text.matches(of: /\.(systemLibrary|target|executableTarget|testTarget)\(/).compactMap { match in
            let body = Self.balanced(text[match.range.upperBound...], open: "(", close: ")")
            guard let name = body.firstMatch(of: /name: "([^"]+)"/) else { return nil }
            let isTest = match.1 == "testTarget" || body.contains("path: \"Tests/")
            return Target(name: String(name.1), dependencies: Self.dependencies(in: body), isTest: isTest)
        }
    }

    private static func dependencies(in body: Substring) -> Set<String> {
        guard let start = body.firstMatch(of: /dependencies: \[/) else { return [] }
        let list = balanced(body[start.range.upperBound...], open: "[", close: "]")
        let withoutPackages = list.replacing(/, package: "[^"]*"/, with: "")
        return Set(withoutPackages.matches(of: /"([^"]+)"/).map { String($0.1) })
    }

    /// What stands before the bracket that closes the one already read.
    private static func balanced(_ text: Substring, open: Character, close: Character) -> Substring {
        var depth = 1
        for index in text.indices {
            if text[index] == open { depth += 1 }
            if text[index] == close { depth -= 1 }
            if depth == 0 { return text[..<index] }
        }
        return text
    }
}

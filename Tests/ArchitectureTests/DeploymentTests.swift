import Testing

/// What `docs/deployment` says about the program is true of it.
@Suite struct DeploymentTests {
    private static let files = [
        "docs/deployment/systemd/plimsoll.service", "docs/deployment/docker/Dockerfile",
        "docs/deployment/kubernetes/plimsoll.yaml",
    ]

    /// Options of `serve`, as ArgumentParser makes them of properties.
    private static func options() throws -> Set<String> {
        let sources = try ["Serve/ServeCommand.swift", "Serve/ReceiverOptions.swift", "Baseline/StoreOptions.swift"].map
        {
            try Repository.text(of: "Sources/plimsoll/" + $0)
        }
        let names = sources.joined().matches(of: /@Option\([^@]*?\)\s+var (\w+)/).map { String($0.1) }
        return Set(
            names.map { name in
                name.reduce(into: "--") { text, letter in
                    text += letter.isUppercase ? "-" + letter.lowercased() : String(letter)
                }
            }
        )
    }

    @Test(arguments: files)
    func `every option that is given to serve is one of its own`(file: String) throws {
        let options = try DeploymentTests.options()
        #expect(options.count > 10 && options.contains("--tokens"))
        // The line or block that starts the service.
        let lines = try Repository.text(of: file).split(separator: "\n").filter {
            $0.contains("plimsoll serve --") || $0.hasPrefix("CMD") || $0.contains("- --")
        }
        let given = lines.joined(separator: "\n").matches(of: /--[a-z-]+/).map { String($0.0) }
        #expect(given.contains("--store") && given.contains("--tokens"))
        for option in given { #expect(options.contains(option), "\(option)") }
    }

    @Test func `ports and probes are those of the program`() throws {
        let manifest = try Repository.text(of: "docs/deployment/kubernetes/plimsoll.yaml")
        let sources =
            try Repository.text(of: "Sources/plimsoll/Serve/ReceiverOptions.swift")
            + Repository.text(of: "Sources/plimsoll/Serve/ServeCommand.swift")
        for (name, property) in [("otlp-grpc", "grpc"), ("otlp-http", "http"), ("web", "port")] {
            let port = try #require(
                sources.firstMatch(of: try Regex("var \(property) = (\\d+)", as: (Substring, Substring).self))?.1
            )
            #expect(manifest.contains("{name: \(name), containerPort: \(port)}"))
            #expect(manifest.contains("{name: \(name), port: \(port), targetPort: \(name)"))
            #expect(
                try Repository.text(of: "docs/deployment/docker/Dockerfile").contains("EXPOSE")
                    && manifest.contains(port)
            )
        }
        let routes = try Repository.text(of: "Sources/Web/Routes/HealthRoutes.swift")
        let probes = manifest.matches(of: /httpGet: \{path: \/(\w+), port: web\}/).map { String($0.1) }
        #expect(probes.sorted() == ["healthz", "readyz", "readyz"])
        for probe in probes { #expect(routes.contains("router.get(\"\(probe)\")")) }
    }

    @Test func `the image is built from what is there, with what the build needs`() throws {
        let image = try Repository.text(of: "docs/deployment/docker/Dockerfile")
        let copied = image.matches(of: /(?m)^COPY ([A-Z][^\n]*) \S+$/).flatMap { $0.1.split(separator: " ") }
        #expect(copied.count >= 4)
        for path in copied {
            let isThere =
                try path.contains(".")
                ? !Repository.text(of: String(path)).isEmpty
                : !Repository.files(under: String(path)).isEmpty
            #expect(isThere, "\(path)")
        }
        let manifest = try Repository.text(of: "Package.swift")
        let packages = manifest.matches(of: /\.apt\(\["([^"]+)"\]\)/).map { String($0.1) }
        #expect(packages.count >= 4)
        for package in packages { #expect(image.contains(package), "\(package)") }
        #expect(image.contains("USER 10001:10001") && image.contains("--static-swift-stdlib"))
    }
}

import Analysis
import Baselines
import Curl
import Foundation
import Telemetry
import TestSupport
import Testing

@testable import Web

/// `docs/openapi.yaml`, the answer and the routes say the same.
@Suite struct DescriptionTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/openapi.yaml")

    /// `get /runs/{id}` of every operation in the file.
    private static func operations(_ yaml: String) -> Set<String> {
        var path = ""
        var found: Set<String> = []
        for line in yaml.split(separator: "\n") {
            if let match = line.wholeMatch(of: /[ ]{2}(\/\S*):/) { path = String(match.1) }
            if let match = line.wholeMatch(of: /[ ]{4}(get|post|put|delete):/) { found.insert("\(match.1) \(path)") }
            if line == "components:" { break }
        }
        return found
    }

    @Test func `every route is in the file, and nothing else`() async throws {
        try await WebFixture.serving { web in
            let state = WebState(store: web.store, watch: Watching.of(web.store), now: { 0 })
            let routes = APIRouteSet(state: state, settings: WebSettings()).all
            let known = Set(routes.map(\.operation))
            #expect(known == DescriptionTests.operations(OpenAPIText.yaml))
            #expect(known.count == routes.count && known.count > 25)
        }
    }

    @Test func `the file in docs is what the service answers`() async throws {
        let file = try String(contentsOf: DescriptionTests.file, encoding: .utf8)
        #expect(file == OpenAPIText.yaml)
        try await WebFixture.serving { web in
            let answer = try await web.get("/api/v1/openapi.yaml")
            #expect(answer.text == file)
        }
    }
}

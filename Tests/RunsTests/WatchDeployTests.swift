import Analysis
import Baselines
import Testing

@testable import Runs

@Suite struct WatchDeployTests {
    /// A minute of requests of some versions.
    private static func minute(_ number: Int, _ versions: [String], of fixture: WatchFixture, count: UInt64 = 15) async
    {
        for (place, version) in versions.enumerated() {
            for trace in 0..<count {
                let id = UInt64(number * 1_000 + place * 100) + trace
                fixture.receive(trace: id, at: Double(number * 60) + Double(trace) + 20, version: version)
            }
        }
        await fixture.go(to: Double(number * 60 + 80))
    }

    private static func deploys(_ fixture: WatchFixture) async throws -> [String] {
        try await fixture.store.deploys().map { "\($0.version)@\(($0.at - WatchFixture.origin) / WatchFixture.minute)" }
    }

    @Test func `a new version is marked once it stays, the first one never`() async throws {
        let fixture = try WatchFixture()
        defer { fixture.remove() }
        for number in 0..<3 { await Self.minute(number, ["1.0"], of: fixture) }
        #expect(try await Self.deploys(fixture) == [])
        await Self.minute(3, ["1.1"], of: fixture)
        #expect(try await Self.deploys(fixture) == [])
        for number in 4..<7 { await Self.minute(number, ["1.1"], of: fixture) }
        #expect(try await Self.deploys(fixture) == ["1.1@3"])
        let deploy = try #require(try await fixture.store.deploys().first)
        #expect(deploy.source == .observed)
        #expect(deploy.service == "shop")
        #expect(deploy.at == WatchFixture.origin + 200 * WatchFixture.second)
    }

    @Test func `two versions beside one another are marked once`() async throws {
        let fixture = try WatchFixture()
        defer { fixture.remove() }
        await Self.minute(0, ["1.0"], of: fixture)
        for number in 1..<9 { await Self.minute(number, number % 3 == 0 ? ["1.0"] : ["1.0", "1.1"], of: fixture) }
        #expect(try await Self.deploys(fixture) == ["1.1@1"])
    }

    @Test func `a handful of spans is no deploy`() async throws {
        let fixture = try WatchFixture()
        defer { fixture.remove() }
        await Self.minute(0, ["1.0"], of: fixture)
        for number in 1..<4 { await Self.minute(number, ["1.1"], of: fixture, count: 3) }
        #expect(try await Self.deploys(fixture) == [])
    }

    @Test func `a deploy that was declared is not marked again`() async throws {
        let fixture = try WatchFixture()
        defer { fixture.remove() }
        await Self.minute(0, ["1.0"], of: fixture)
        let declared = DeployMarker(
            service: "shop",
            version: "1.1",
            at: WatchFixture.origin + 50 * WatchFixture.second,
            source: .declared
        )
        try await fixture.store.record(declared)
        for number in 1..<5 { await Self.minute(number, ["1.1"], of: fixture) }
        #expect(try await fixture.store.deploys() == [declared])
    }

    @Test func `a version is not new because the service was restarted`() async throws {
        let first = try WatchFixture()
        defer { first.remove() }
        for number in 0..<3 { await Self.minute(number, ["1.0"], of: first) }
        let second = try WatchFixture(folder: first.folder, at: WatchFixture.origin + 3 * WatchFixture.minute)
        try await second.watch.restore()
        for number in 3..<6 { await Self.minute(number, ["1.0"], of: second) }
        #expect(try await Self.deploys(second) == [])
        for number in 6..<9 { await Self.minute(number, ["2.0"], of: second) }
        #expect(try await Self.deploys(second) == ["2.0@6"])
    }
}

import Testing

@testable import Analysis

/// What a deploy must be that somebody declares.
struct DeployMarkerTests {
    private static let now: UInt64 = 1_790_000_000_000_000_000

    private static func marker(
        _ service: String = "orders",
        _ version: String = "1.4.2",
        at: UInt64 = now,
        message: String? = nil,
        url: String? = nil,
        source: DeployMarker.Source = .declared
    ) -> DeployMarker {
        DeployMarker(service: service, version: version, at: at, source: source, message: message, url: url)
    }

    @Test func `what people write is taken`() {
        let good = [
            Self.marker(), Self.marker("søk", "Ünïcode 🚢"), Self.marker(message: "two\nlines"),
            Self.marker(at: Self.now + 86_400_000_000_000), Self.marker(url: "https://ci.example/42?x=1"),
            Self.marker(String(repeating: "a", count: 200)),
        ]
        for marker in good { #expect(marker.problem(now: Self.now) == nil, "\(marker)") }
    }

    @Test func `what cannot be shown or kept is refused in words`() {
        let bad: [(DeployMarker, String)] = [
            (Self.marker(""), "service"), (Self.marker("a\u{1B}[2J"), "service"), (Self.marker("a\nb"), "service"),
            (Self.marker(String(repeating: "é", count: 101)), "service"), (Self.marker("a", ""), "version"),
            (Self.marker("a", "b\u{2028}c"), "version"), (Self.marker(message: "\u{7}"), "message"),
            (Self.marker(message: String(repeating: "a", count: 4_001)), "message"),
            (Self.marker(url: "javascript:alert(1)"), "url"), (Self.marker(url: "http://a b"), "url"),
            (Self.marker(at: 1_790_000_000), "between the year 2000"),
            (Self.marker(at: Self.now + 86_400_000_000_001), "a day from now"), (Self.marker(at: .max), "a day"),
        ]
        for (marker, word) in bad { #expect(marker.problem(now: Self.now)?.contains(word) == true, "\(marker)") }
    }

    @Test func `what spans say is taken as it is, since windows say the same`() {
        #expect(Self.marker("a\u{1B}", String(repeating: "v", count: 900), source: .observed).problem() == nil)
    }
}

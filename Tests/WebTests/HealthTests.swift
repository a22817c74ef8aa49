import Testing

@testable import Web

@Suite struct HealthTests {
    @Test func `a loopback port is the default`() {
        #expect(WebSettings().host == "127.0.0.1")
    }
}

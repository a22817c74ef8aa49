import Testing

@testable import Runs

@Suite struct WatchSettingsTests {
    @Test func `two weeks are kept`() {
        #expect(WatchSettings().retention == .seconds(14 * 86_400))
    }
}

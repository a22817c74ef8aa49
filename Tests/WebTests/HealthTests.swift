import Correlation
import Curl
import Foundation
import TestSupport
import Testing

@testable import Runs
@testable import Web

/// What probes are told.
@Suite struct HealthTests {
    private static func ready(_ web: WebFixture) async throws -> (status: Int, text: String) {
        let answer = try await web.get("/readyz")
        return (answer.status, answer.text)
    }

    @Test func `a store that cannot be written is said, and makes the service neither dead nor unready`() async throws {
        try await WebFixture.serving { web in
            #expect(try await HealthTests.ready(web) == (200, "ready\n"))
            let refuse = "CREATE TRIGGER full BEFORE INSERT ON windows BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            try await web.change(refuse)
            web.watch.writer.add([ClosedWindow(window: TelemetryWindow(start: TelemetryWindow.length))])
            #expect(await !web.watch.writer.flush { WebFixture.now })
            #expect(try await HealthTests.ready(web) == (200, "ready; windows wait to be stored\n"))
            #expect(try await web.get("/healthz").text == "ok\n")
            try await web.change("DROP TRIGGER full")
            #expect(await web.watch.writer.flush { WebFixture.now })
            #expect(try await HealthTests.ready(web) == (200, "ready\n"))
        }
    }

    @Test func `a store that cannot be read is not ready, and says no more`() async throws {
        try await WebFixture.serving { web in
            try await web.change("ALTER TABLE windows RENAME TO elsewhere")
            let (status, text) = try await HealthTests.ready(web)
            #expect(status == 503)
            #expect(!text.contains("windows") && !text.contains("SQL"))
            #expect(try await web.get("/healthz").status == 200)
        }
    }
}

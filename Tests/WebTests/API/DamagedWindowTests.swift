import Baselines
import Correlation
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct DamagedWindowTests {
    @Test func `a stretch with a damaged window is answered without it, and says so`() async throws {
        try await WebFixture.serving(fill: { store in
            for minute in 0..<3 { try await store.record(SampleMinutes.window(minute)) }
            let script = """
                import sqlite3, sys
                with sqlite3.connect(sys.argv[1]) as store:
                    store.execute("UPDATE windows SET contents = CAST(x'ff' || substr(contents, 2) AS BLOB) WHERE started_at = ?", [int(sys.argv[2])])
                """
            let middle = SampleMinutes.start + TelemetryWindow.length
            let result = try await Command("/usr/bin/env", ["python3", "-c", script, store.path, "\(middle)"]).wait()
            try #require(result.exitCode == 0, "\(result.standardError)")
        }) { web in
            let range = "from=\(SampleMinutes.start)&to=\(SampleMinutes.start + 10 * TelemetryWindow.length)"
            let operations = try await web.get("/api/v1/windows/operations?\(range)").json()
            #expect(operations["unreadableWindows"] as? Int == 1)
            let rows = try #require(operations["items"] as? [[String: Any]])
            #expect(rows.first?["spans"] as? Int == 40)
            let series = try await web.get(
                "/api/v1/windows/series?\(range)&service=frontend&operation=POST%20/checkout"
            ).json()
            #expect(series["unreadableWindows"] as? Int == 1)
            #expect((series["items"] as? [[String: Any]])?.count == 2)
            #expect(try await web.get("/services?\(range)").text.contains("1 window could not be read."))
            let whole = "from=\(SampleMinutes.start)&to=\(SampleMinutes.start + TelemetryWindow.length)"
            #expect(try await web.get("/api/v1/windows/operations?\(whole)").json()["unreadableWindows"] == nil)
        }
    }
}

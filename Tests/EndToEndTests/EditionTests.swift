import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// One command, two editions of the demo shop: the second queries item by item.
    @Suite(.repeatedOnBusyMachine) struct Editions {
        @Test func `the slower edition is named with its culprit, and each has artifacts of its own`() async throws {
            let place = try Workplace()
            try ShopProject(rate: 35, seconds: 4, editions: ["base", "premium"]).write(to: place)
            let result = try await place.run()
            #expect(result.exitCode == 0, "\(result.standardOutput)\(result.standardError)")
            for edition in ["base", "premium"] {
                #expect(place.exists("out/\(edition)/report.html"))
                let metrics = try place.json("out/\(edition)/perf-metrics.json")
                #expect(metrics["editionId"].string == edition)
            }

            let editions = try place.json("out/editions.json")
            #expect(editions["reference"].string == "base")
            #expect(editions["editions"][0]["tests"][0]["editionDeviation"]["direction"].string == nil)
            let deviation = editions["editions"][1]["tests"][0]["editionDeviation"]
            #expect(deviation["direction"].string == "slower", "\(editions)")
            #expect(deviation["culprit"]["service"].string == "orders", "\(deviation)")
            #expect(result.standardOutput.contains("Editions, compared with base"), "\(result.standardOutput)")
        }

        @Test func `an edition alone, and one that is not known`() async throws {
            let place = try Workplace()
            try ShopProject(rate: 20, seconds: 2, editions: ["base", "premium"]).write(to: place)
            let alone = try await place.repeatingInvalid {
                try await place.start(out: "out", environment: [:], "--edition", "base", "--json").wait()
            }
            #expect(alone.exitCode == 0, "\(alone.standardError)")
            #expect(place.exists("out/report.html") && !place.exists("out/editions.json"))
            let unknown = try await place.start(out: "none", environment: [:], "--edition", "premum").wait()
            #expect(unknown.exitCode == 2)
            #expect(unknown.standardError.contains("known: base, premium"), "\(unknown.standardError)")
        }
    }
}

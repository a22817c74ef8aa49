import Collectors
import Telemetry
import TestSupport
import Testing

struct ExpositionCorpusTests {
    private static let types = [
        "text/plain; version=0.0.4", "application/openmetrics-text; version=1.0.0", "text/plain; version=1.0.0",
        "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited",
    ]

    @Test func `no input of the fuzzer crashes the parser or gives a nameless point`() throws {
        var accepted = 0
        for input in try FuzzCorpus.inputs("exposition") {
            let type = Self.types[Int(input.first ?? 0) % Self.types.count]
            let points = try? ExpositionParser().parse(Array(input.dropFirst()), contentType: type, at: 5)
            #expect(points?.contains { $0.name.isEmpty } != true)
            if points != nil { accepted += 1 }
        }
        // The seeds of all three formats are valid.
        #expect(accepted >= 3)
    }
}

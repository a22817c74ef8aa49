import Telemetry
import TestSupport
import Testing

struct TraceContextCorpusTests {
    @Test func `no input of the fuzzer crashes what reads trace ids and tracestates`() throws {
        var weights: [Float] = []
        var ids = 0
        for input in try FuzzCorpus.inputs("tracecontext") {
            weights.append(input.withUnsafeBytes { SamplingThreshold.weight(traceState: $0) })
            let line = String(decoding: input.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
            if let id = TraceID(hex: line) {
                ids += 1
                #expect(id.hex == line.lowercased())
            }
        }
        #expect(weights.allSatisfy { $0 >= 1 && $0.isFinite })
        // The seeds hold one id and one threshold that sampled.
        #expect(ids >= 1)
        #expect(weights.contains { $0 > 1 })
    }
}

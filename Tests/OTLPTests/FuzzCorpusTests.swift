import OTLP
import Telemetry
import TestSupport
import Testing

/// Every seed and every input that ever crashed a fuzzer, read again.
struct FuzzCorpusTests {
    @Test(arguments: [("protobuf", OTLPEncoding.protobuf), ("json", .json)])
    func `no input of the fuzzers crashes the decoder`(name: String, encoding: OTLPEncoding) throws {
        let decoder = ExportDecoder(vocabulary: Vocabulary())
        var accepted = 0
        for input in try FuzzCorpus.inputs(name) {
            let signal = Signal.allCases[Int(input.first ?? 0) % Signal.allCases.count]
            if (try? decoder.decode(Array(input.dropFirst()), signal, encoding)) != nil { accepted += 1 }
        }
        // The seeds of all three signals are valid.
        #expect(accepted >= 3)
    }
}

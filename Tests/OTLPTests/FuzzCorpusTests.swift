import Foundation
import OTLP
import Telemetry
import TestSupport
import Testing

/// Every seed and every input that ever crashed a fuzzer, read again.
struct FuzzCorpusTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../fixtures/fuzz").standardized

    private static func inputs(_ name: String) throws -> [[UInt8]] {
        try FileManager.default.contentsOfDirectory(at: folder.appending(path: name), includingPropertiesForKeys: nil)
            .sorted { $0.path < $1.path }
            .map { Array(try Data(contentsOf: $0)) }
    }

    @Test(arguments: [("protobuf", OTLPEncoding.protobuf), ("json", .json)])
    func `no input of the fuzzers crashes the decoder`(name: String, encoding: OTLPEncoding) throws {
        let decoder = ExportDecoder(vocabulary: Vocabulary())
        var accepted = 0
        for input in try FuzzCorpusTests.inputs(name) {
            let signal = Signal.allCases[Int(input.first ?? 0) % Signal.allCases.count]
            if (try? decoder.decode(Array(input.dropFirst()), signal, encoding)) != nil { accepted += 1 }
        }
        // The seeds of all three signals are valid.
        #expect(accepted >= 3)
    }
}

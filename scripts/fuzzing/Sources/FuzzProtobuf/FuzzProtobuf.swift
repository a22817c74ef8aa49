import Fuzzing
import Glibc
import OTLP
import Telemetry

// Long-lived, as in a receiver, so that what one input taught is met by the next.
private let decoder = ExportDecoder(vocabulary: Vocabulary())

/// The first byte chooses the signal, the rest is the request.
private func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeRawBufferPointer(start: data, count: count)
    guard let first = input.first else { return 0 }
    let signal = Signal.allCases[Int(first) % Signal.allCases.count]
    let body = UnsafeRawBufferPointer(rebasing: input.dropFirst())
    do {
        let export = try decoder.decode(body, signal)
        let table = export.batch.spans
        for row in table.indices {
            precondition(table.startNanoseconds[row] <= table.endNanoseconds[row])
            precondition(table.traceID(of: row).isValid && table.spanID[row] != 0)
        }
        precondition((export.rejected > 0) == export.reason.contains("reject") || signal == .logs)
    } catch {
        precondition(!error.description.isEmpty)
    }
    return 0
}

@main enum FuzzProtobuf {
    static func main() { exit(runFuzzer { fuzz($0, $1) }) }
}

import Fuzzing
import Glibc
import OTLP
import Telemetry

private let decoder = ExportDecoder(vocabulary: Vocabulary())

/// The first byte chooses the signal, the rest is the request.
private func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeRawBufferPointer(start: data, count: count)
    guard let first = input.first else { return 0 }
    let signal = Signal.allCases[Int(first) % Signal.allCases.count]
    do {
        _ = try decoder.decode(UnsafeRawBufferPointer(rebasing: input.dropFirst()), signal, .json)
    } catch {
        // What is transcoded is well formed: only the JSON itself can be at fault, and its message says where.
        guard case .malformed(let reason) = error else { return 0 }
        precondition(reason.contains("of the JSON"), reason)
    }
    return 0
}

@main enum FuzzJSON {
    static func main() { exit(runFuzzer { fuzz($0, $1) }) }
}

import Exposition
import Fuzzing
import Glibc
import Telemetry

private let types = [
    "text/plain; version=0.0.4",
    "application/openmetrics-text; version=1.0.0",
    "text/plain; version=1.0.0",
    "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited",
]

/// The first byte chooses the format, the rest is the body.
private func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeRawBufferPointer(start: data, count: count)
    guard let first = input.first else { return 0 }
    do {
        let points = try ExpositionParser().parse(Array(input.dropFirst()), contentType: types[Int(first) % types.count], at: 5)
        precondition(points.allSatisfy { !$0.name.isEmpty })
    } catch {
        precondition(!"\(error)".isEmpty)
    }
    return 0
}

@main enum FuzzExposition {
    static func main() { exit(runFuzzer { fuzz($0, $1) }) }
}

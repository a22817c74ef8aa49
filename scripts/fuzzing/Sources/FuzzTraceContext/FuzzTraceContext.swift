import Fuzzing
import Glibc
import Telemetry

/// The first line is read as a trace id and as a `traceparent`, all of it as a tracestate.
private func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeRawBufferPointer(start: data, count: count)
    let weight = SamplingThreshold.weight(traceState: input)
    precondition(weight >= 1 && weight.isFinite)
    let text = String(decoding: input, as: UTF8.self)
    let line = String(text.prefix { $0 != "\n" })
    if let context = TraceContext(traceparent: line) {
        // What is taken over can be read by the next service, and is the same there.
        precondition(line.dropFirst(2).hasPrefix(context.traceparent.dropFirst(2).dropLast(2)))
        precondition(TraceContext(traceparent: context.traceparent) == context)
    }
    if let id = TraceID(hex: line) {
        precondition(id.hex == text.prefix(32).lowercased())
    }
    return 0
}

@main enum FuzzTraceContext {
    static func main() { exit(runFuzzer { fuzz($0, $1) }) }
}

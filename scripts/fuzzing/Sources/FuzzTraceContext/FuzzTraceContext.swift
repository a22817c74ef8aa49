import Telemetry

/// The first line is read as a trace id, all of it as a tracestate.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeRawBufferPointer(start: data, count: count)
    let weight = SamplingThreshold.weight(traceState: input)
    precondition(weight >= 1 && weight.isFinite)
    let text = String(decoding: input, as: UTF8.self)
    if let id = TraceID(hex: text.prefix { $0 != "\n" }) {
        precondition(id.hex == text.prefix(32).lowercased())
    }
    return 0
}

import Telemetry

extension RequestNumbering {
    /// Appends `traceparent: 00-…-…-03`, the value as `traceparent(of:)` gives it, without making a string.
    func appendTraceparentLine(of number: UInt64, to line: inout [UInt8]) {
        let trace = traceID(of: number)
        line.append(contentsOf: "traceparent: 00-".utf8)
        RequestNumbering.appendHex(trace.high, to: &line)
        RequestNumbering.appendHex(trace.low, to: &line)
        line.append(UInt8(ascii: "-"))
        RequestNumbering.appendHex(spanID(of: number).rawValue, to: &line)
        line.append(contentsOf: "-03".utf8)
    }

    private static func appendHex(_ value: UInt64, to line: inout [UInt8]) {
        for shift in stride(from: 60, through: 0, by: -4) { line.append(hexDigit(value >> UInt64(shift))) }
    }
}

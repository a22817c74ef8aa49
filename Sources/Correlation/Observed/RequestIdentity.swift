package import Telemetry

/// How requests and traces are told to belong together.
package enum RequestIdentity: Sendable {
    /// By the ids that the generator issued.
    case issued(RequestNumbering)
    /// By nothing but the traces themselves, which somebody else started.
    case observed(ObservedTraces)

    /// The request of a trace; `nil` for a trace that is nobody's we know.
    func number(of trace: TraceID) -> UInt64? {
        switch self {
        case .issued(let numbering): numbering.number(of: trace)
        case .observed(let traces): traces.number(of: trace)
        }
    }

    func traceID(of number: UInt64) -> TraceID {
        switch self {
        case .issued(let numbering): numbering.traceID(of: number)
        case .observed(let traces): traces.traceID(of: number)
        }
    }

    /// The span id that a request's root names as its parent; 0 where it names none.
    func parentOfRoot(of number: UInt64) -> UInt64 {
        switch self {
        case .issued(let numbering): numbering.spanID(of: number).rawValue
        case .observed(let traces): traces.parentOfRoot(of: number)
        }
    }

    /// Takes the spans that belong to no request out of a table; returns how many they were.
    func removeForeign(from spans: inout SpanTable) -> Int {
        guard case .issued(let numbering) = self, spans.traceHigh.contains(where: { $0 != numbering.prefix }) else {
            return 0
        }
        let count = spans.count
        spans.keep(spans.indices.filter { spans.traceHigh[$0] == numbering.prefix }.map { UInt32($0) })
        return count - spans.count
    }
}

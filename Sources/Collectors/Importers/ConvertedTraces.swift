/// What a converter made of a file.
struct ConvertedTraces {
    var resources: [ImportedSpans] = []
    /// Spans that could not be spans of a trace: ids that are none, times that are none.
    var rejected = 0
    /// The first of those, in words.
    var reason = ""

    mutating func reject(_ why: String) {
        rejected += 1
        if reason.isEmpty { reason = why }
    }
}

/// When an operation counts as there or as absent (`spec/analysis.md`, F09 and F10).
struct StructureRule {
    /// Least share of traces, and least number, to count as there.
    var presentShare = 0.20
    var presentTraces = 20
    /// Most share of traces to count as absent, given at least `absentOf` traces; with fewer, none at all.
    var absentShare = 0.005
    var absentOf = 200
    var minimumTraces = 30

    func isPresent(in traces: Int, of total: Int) -> Bool {
        total > 0 && traces >= presentTraces && Double(traces) >= presentShare * Double(total)
    }

    func isAbsent(in traces: Int, of total: Int) -> Bool {
        if total >= absentOf { return Double(traces) < absentShare * Double(total) }
        return total >= minimumTraces && traces == 0
    }
}
